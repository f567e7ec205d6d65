import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Loading } from "~/components/Spinner";
import { useExplain } from "~/hooks/useExplain";
import type { List } from "~/hooks/useList";
import styles from "./ListFrame.module.css";
import { Problem } from "./Problem";

interface ListFrameProps<Item> {
  list: List<Item>;
  /** What stands there while there is nothing. */
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}

/** Round every list: loading, an error in words, nothing yet, and "show more". */
export function ListFrame<Item>({ list, empty, children }: ListFrameProps<Item>) {
  const { t } = useTranslation();
  const explain = useExplain();
  if (list.loading) return <Loading />;
  if (list.error) return <Problem error={list.error} retry={list.retry} />;
  if (list.items.length === 0) return empty;
  return (
    <>
      {children(list.items)}
      {list.hasMore && (
        <div className={styles.more}>
          {list.moreError && <p role="alert">{explain(list.moreError)}</p>}
          <Button busy={list.loadingMore} onClick={list.showMore}>
            {t("common.showMore")}
          </Button>
        </div>
      )}
    </>
  );
}
