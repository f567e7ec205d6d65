import { ChevronLeft, ChevronRight, ChevronsLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { type ListSearch, narrowed } from "~/pages/catalogue/search";
import styles from "./List.module.css";
import type { Ways } from "./trail";

interface PagerProps {
  ways: Ways;
  search: ListSearch;
  onGo: (search: ListSearch) => void;
}

/** From page to page of a list, however long it is: only one page is ever on the screen. */
export function Pager({ ways, search, onGo }: PagerProps) {
  const { t } = useTranslation();
  if (ways.page === 1 && !ways.next) return null;
  const go = (to: ListSearch) => {
    onGo(to);
    window.scrollTo({ top: 0 });
  };
  return (
    <nav className={styles.pager} aria-label={t("catalogue.list.pages")}>
      <Button
        size="s"
        icon={ChevronsLeft}
        disabled={ways.page === 1}
        onClick={() => go(narrowed(search, {}))}
      >
        {t("catalogue.list.first")}
      </Button>
      <Button
        size="s"
        icon={ChevronLeft}
        disabled={!ways.previous}
        onClick={() => ways.previous && go(ways.previous)}
      >
        {t("catalogue.list.previous")}
      </Button>
      <span className={styles.page}>{t("catalogue.list.page", { page: ways.page })}</span>
      <Button
        size="s"
        icon={ChevronRight}
        disabled={!ways.next}
        onClick={() => ways.next && go(ways.next)}
      >
        {t("catalogue.list.next")}
      </Button>
    </nav>
  );
}
