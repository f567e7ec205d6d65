import { Link } from "@tanstack/react-router";
import { FileText, Plus, SearchX } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Report, ReportState } from "~/api/types";
import { Button, buttonClass } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { Filters } from "~/components/Filters";
import { DOT, formatDate } from "~/components/format";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { Select } from "~/components/Select";
import { type Column, Table } from "~/components/Table";
import { useReports } from "~/hooks/useReports";
import { ListFrame } from "~/pages/ListFrame";
import { LevelBadge, ReportStateBadge } from "./Badges";
import { usePeriod } from "./period";
import styles from "./Reports.module.css";
import { mayWriteReports } from "./rights";
import { REPORT_STATES, type ReportSearch } from "./search";

interface ReportsPageProps {
  user: Account;
  /** The filter, as the address holds it. */
  search: ReportSearch;
  onSearch: (search: ReportSearch) => void;
}

/** The reports: found by words and state, newest first. */
export function ReportsPage({ user, search, onSearch }: ReportsPageProps) {
  const { t } = useTranslation();
  const list = useReports({ ...search, limit: 50 });
  const create = mayWriteReports(user.role) && (
    <Link to="/reports/new" className={buttonClass({ variant: "primary" })}>
      <Plus aria-hidden="true" size={18} />
      {t("reports.list.create")}
    </Link>
  );
  const isNarrowed = search.q !== undefined || search.state !== undefined;
  const empty = isNarrowed ? (
    <EmptyState
      icon={SearchX}
      title={t("reports.list.none")}
      text={t("catalogue.list.searchText")}
      action={<Button onClick={() => onSearch({})}>{t("common.clearFilters")}</Button>}
    />
  ) : (
    <EmptyState
      icon={FileText}
      title={t("reports.list.empty")}
      text={t("reports.list.emptyText")}
      action={create || undefined}
    />
  );
  return (
    <>
      <PageHeading
        title={t("reports.list.title")}
        text={t("reports.list.text")}
        actions={create || undefined}
      />
      <ReportFilters search={search} onSearch={onSearch} />
      <p className="visually-hidden" role="status">
        {!list.loading && t("catalogue.list.shown", { count: list.items.length })}
      </p>
      <ListFrame list={list} empty={empty}>
        {(reports) => <Rows reports={reports} />}
      </ListFrame>
    </>
  );
}

function ReportFilters({ search, onSearch }: Omit<ReportsPageProps, "user">) {
  const { t } = useTranslation();
  const setWords = useCallback(
    (q: string) => onSearch({ ...search, q: q || undefined }),
    [search, onSearch],
  );
  const states = [
    { value: "any" as const, label: t("reports.list.anyState") },
    ...REPORT_STATES.map((value) => ({ value, label: t(`reports.state.${value}`) })),
  ];
  const setState = (state: ReportState | "any") =>
    onSearch({ ...search, state: state === "any" ? undefined : state });
  return (
    <Filters>
      <SearchField label={t("reports.list.search")} value={search.q ?? ""} onChange={setWords} />
      <Select
        label={t("reports.list.state")}
        hideLabel
        value={search.state ?? "any"}
        options={states}
        onChange={setState}
      />
    </Filters>
  );
}

function Rows({ reports }: { reports: readonly Report[] }) {
  const { t } = useTranslation();
  const period = usePeriod();
  const columns: Column<Report>[] = [
    {
      key: "title",
      heading: t("reports.list.report"),
      cell: (it) => (
        <>
          <Link to="/reports/$id" params={{ id: it.number }} className={styles.title} dir="auto">
            {it.title}
          </Link>
          <span className={styles.meta}>
            {it.number}
            {DOT}
            {t("reports.edition", { edition: it.edition })}
          </span>
        </>
      ),
    },
    {
      key: "level",
      heading: t("reports.field.level"),
      cell: (it) => <LevelBadge level={it.level} />,
    },
    {
      key: "state",
      heading: t("reports.list.state"),
      cell: (it) => <ReportStateBadge state={it.state} />,
    },
    { key: "period", heading: t("reports.field.period"), cell: (it) => period(it.scope) },
    { key: "changed", heading: t("reports.list.changed"), cell: (it) => formatDate(it.changed_at) },
    {
      key: "approved",
      heading: t("reports.list.approved"),
      cell: (it) => (it.approved_at === null ? "–" : formatDate(it.approved_at)),
    },
  ];
  return (
    <Table
      caption={t("reports.list.title")}
      columns={columns}
      rows={reports}
      rowKey={(it) => it.id}
    />
  );
}
