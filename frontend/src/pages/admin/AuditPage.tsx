import { ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "~/api/types";
import { EmptyState } from "~/components/EmptyState";
import { formatDateTime } from "~/components/format";
import { PageHeading } from "~/components/PageHeading";
import { type Column, Table } from "~/components/Table";
import { useAudit } from "~/hooks/useAudit";
import { ListFrame } from "~/pages/ListFrame";
import styles from "./Admin.module.css";
import { AuditCheck } from "./AuditCheck";
import { AuditFilters, shortened } from "./AuditFilters";
import { type AuditSearch, asQuery } from "./auditSearch";

interface AuditPageProps {
  /** The filter, as the address holds it. */
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
}

/** The audit log, newest first. For administrators. */
export function AuditPage({ search, onSearch }: AuditPageProps) {
  const { t } = useTranslation();
  const list = useAudit(asQuery(search));
  const only = (key: "actor" | "action" | "target") => (text: string) =>
    onSearch({ ...search, [key]: text });
  const columns: Column<AuditEvent>[] = [
    {
      key: "at",
      heading: t("admin.audit.at"),
      cell: (event) => (
        <time dateTime={event.at} className={styles.nowrap}>
          {formatDateTime(event.at)}
        </time>
      ),
    },
    {
      key: "action",
      heading: t("admin.audit.action"),
      cell: (event) => <Reference text={event.action} onOnly={only("action")} />,
    },
    {
      key: "actor",
      heading: t("admin.audit.actor"),
      cell: (event) => <Reference text={event.actor} onOnly={only("actor")} />,
    },
    {
      key: "target",
      heading: t("admin.audit.target"),
      cell: (event) => <Reference text={event.target} onOnly={only("target")} />,
    },
    {
      key: "detail",
      heading: t("admin.audit.detail"),
      cell: (event) =>
        event.detail !== "" && (
          <span dir="auto" className={styles.detail}>
            {event.detail}
          </span>
        ),
    },
  ];
  return (
    <>
      <PageHeading title={t("admin.audit.title")} text={t("admin.audit.text")} />
      <AuditCheck />
      <AuditFilters search={search} onSearch={onSearch} />
      <ListFrame
        list={list}
        empty={<EmptyState icon={ScrollText} title={t("admin.audit.empty")} />}
      >
        {(events) => (
          <Table
            caption={t("admin.audit.title")}
            columns={columns}
            rows={events}
            rowKey={(event) => String(event.seq)}
          />
        )}
      </ListFrame>
    </>
  );
}

/** "account:0198…" shows the kind with the id's end, where ids differ; pressed, only that is shown. */
function Reference({ text, onOnly }: { text: string; onOnly: (text: string) => void }) {
  const { t } = useTranslation();
  if (text === "") return null;
  return (
    <button
      type="button"
      className={styles.only}
      title={t("admin.audit.only", { what: text })}
      onClick={() => onOnly(text)}
    >
      {shortened(text)}
    </button>
  );
}
