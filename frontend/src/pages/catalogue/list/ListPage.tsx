import { type LucideIcon, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Page, RecordQueries, Records } from "~/api/types";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { useRecordPage } from "~/hooks/useRecords";
import { type ListKind, type ListSearch, queryOf, setFilters } from "~/pages/catalogue/search";
import { Problem } from "~/pages/Problem";
import { FilterBar } from "./FilterBar";
import styles from "./List.module.css";
import { Pager } from "./Pager";
import { waysFrom } from "./trail";

/** What every list of the catalogue is given. */
export interface ListPageProps {
  /** The filter and the page, as the address holds them. */
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
}

interface Props<Kind extends ListKind> extends ListPageProps {
  kind: Kind;
  /** Its texts. */
  texts: "gaps" | "solutions" | "fits" | "evidence";
  icon: LucideIcon;
  create?: ReactNode;
  row: (record: Records[Kind]) => ReactNode;
}

/** A list of records: found by words, filters and order, a page at a time, all of it in the address. */
export function ListPage<Kind extends ListKind>(props: Props<Kind>) {
  const { kind, texts, icon, create, search, onSearch, row } = props;
  const { t } = useTranslation();
  const list = useRecordPage(kind, queryOf(search) as RecordQueries[Kind]);
  const words = `catalogue.list.${texts}` as const;
  const isNarrowed = search.q !== undefined || setFilters(kind, search).length > 0;
  const empty = isNarrowed ? (
    <EmptyState
      icon={SearchX}
      title={t(`${words}.none`)}
      text={t("catalogue.list.searchText")}
      action={<Button onClick={() => onSearch({})}>{t("common.clearFilters")}</Button>}
    />
  ) : (
    <EmptyState
      icon={icon}
      title={t(`${words}.empty`)}
      text={t(`${words}.emptyText`)}
      action={create}
    />
  );
  return (
    <>
      <PageHeading title={t(`${words}.title`)} text={t(`${words}.text`)} actions={create} />
      <FilterBar kind={kind} search={search} onSearch={onSearch} label={t(`${words}.search`)} />
      <p className="visually-hidden" role="status">
        {list.data && t("catalogue.list.shown", { count: list.data.items.length })}
      </p>
      {list.isPending && <Loading />}
      {!list.data && list.error && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.data && (
        <Rows
          kind={kind}
          page={list.data}
          search={search}
          onSearch={onSearch}
          empty={empty}
          row={row}
        />
      )}
    </>
  );
}

interface RowsProps<Kind extends ListKind> extends ListPageProps {
  kind: Kind;
  page: Page<Records[Kind]>;
  empty: ReactNode;
  row: (record: Records[Kind]) => ReactNode;
}

function Rows<Kind extends ListKind>({
  kind,
  page,
  search,
  onSearch,
  empty,
  row,
}: RowsProps<Kind>) {
  const ways = waysFrom(kind, search, page.next);
  if (page.items.length === 0 && ways.page === 1) return empty;
  return (
    <>
      <ul className={styles.list}>
        {page.items.map((record) => (
          <li key={record.id} className={styles.row}>
            {row(record)}
          </li>
        ))}
      </ul>
      <Pager ways={ways} search={search} onGo={onSearch} />
    </>
  );
}
