import { ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "~/api/types";
import { EmptyState } from "~/components/EmptyState";
import { formatDateTime } from "~/components/format";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { type Column, Table } from "~/components/Table";
import { useAudit } from "~/hooks/useAudit";
import { ListFrame } from "~/pages/ListFrame";
import styles from "./Admin.module.css";
import { AuditCheck } from "./AuditCheck";

/** The audit log, newest first. For administrators. */
export function AuditPage({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation();
  const list = useAudit(q);
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
    { key: "action", heading: t("admin.audit.action"), cell: (event) => event.action },
    {
      key: "actor",
      heading: t("admin.audit.actor"),
      cell: (event) => <Reference text={event.actor} />,
    },
    {
      key: "target",
      heading: t("admin.audit.target"),
      cell: (event) => <Reference text={event.target} />,
    },
    {
      key: "detail",
      heading: t("admin.audit.detail"),
      cell: (event) => event.detail !== "" && <span dir="auto">{event.detail}</span>,
    },
  ];
  return (
    <>
      <PageHeading title={t("admin.audit.title")} text={t("admin.audit.text")} />
      <AuditCheck />
      <div className={styles.filters}>
        <SearchField label={t("admin.audit.search")} value={q} onChange={onSearch} />
      </div>
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

/** "account:0198…" says what it is in full and shows the kind with the id's end, where ids differ. */
function Reference({ text }: { text: string }) {
  const [kind, id] = text.split(":", 2);
  if (id === undefined || id.length < 16) return <span>{text}</span>;
  return (
    <span className={styles.mono} title={text}>
      {kind} …{id.slice(-6)}
    </span>
  );
}
