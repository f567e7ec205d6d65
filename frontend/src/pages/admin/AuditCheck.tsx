import { useTranslation } from "react-i18next";
import { Notice } from "~/components/Notice";
import { useAuditCheck } from "~/hooks/useAudit";

/** What the server finds when it walks the chain of the log, and how to keep a copy of it all. */
export function AuditCheck() {
  const { t } = useTranslation();
  const { data } = useAuditCheck();
  if (!data) return null;
  if (!data.whole) {
    return (
      <Notice tone="danger" title={t("admin.audit.broken")}>
        <span dir="auto">{data.problem}</span>
      </Notice>
    );
  }
  return (
    <Notice tone="ok" title={t("admin.audit.whole", { count: data.events ?? 0 })}>
      {t("admin.audit.backup")}
    </Notice>
  );
}
