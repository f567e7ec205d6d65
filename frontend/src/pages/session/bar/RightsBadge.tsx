import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "~/components/Badge";
import { toast } from "~/components/Toast";
import styles from "~/pages/session/bar/RightsBadge.module.css";
import type { Rights } from "~/pages/session/rights";

/** Why one only looks around: a word, and the sentence to it, which also says who can change that. */
export function RightsBadge({ rights }: { rights: Exclude<Rights, "edit"> }) {
  const { t } = useTranslation();
  const why = t(`run.withheld.${rights}`);
  return (
    <button
      type="button"
      className={styles.rights}
      title={why}
      onClick={() => toast({ title: why, tone: "note" })}
    >
      <Badge tone={rights === "readOnly" ? "neutral" : "warn"}>
        {rights !== "readOnly" && <Lock aria-hidden="true" className={styles.lock} />}
        {t(`map.bar.rights.${rights}`)}
      </Badge>
    </button>
  );
}
