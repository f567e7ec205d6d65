import { useTranslation } from "react-i18next";
import type { Session } from "~/api/types";
import { Badge } from "~/components/Badge";
import { formatDate } from "~/components/format";
import { goesSoon } from "./retention";

/** Says that a session's content goes soon, or is gone; nothing while there is time. */
export function RetentionBadge({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { cleared_at, retain_until } = session;
  if (cleared_at !== null)
    return <Badge>{t("sessions.retention.gone", { day: formatDate(cleared_at) })}</Badge>;
  if (retain_until === null || !goesSoon(retain_until, Date.now())) return null;
  return (
    <Badge tone="warn">{t("sessions.retention.goes", { day: formatDate(retain_until) })}</Badge>
  );
}
