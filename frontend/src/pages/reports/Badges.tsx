import { useTranslation } from "react-i18next";
import type { ReportLevel, ReportState } from "~/api/types";
import { Badge, type BadgeTone } from "~/components/Badge";

const TONES: Record<ReportState, BadgeTone> = {
  draft: "neutral",
  in_review: "warn",
  approved: "accent",
  published: "ok",
  superseded: "neutral",
};

/** Where a report is in its life. */
export function ReportStateBadge({ state }: { state: ReportState }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[state]}>{t(`reports.state.${state}`)}</Badge>;
}

/** How far a report may travel. */
export function LevelBadge({ level }: { level: ReportLevel }) {
  const { t } = useTranslation();
  return <Badge tone={level === "PU" ? "accent" : "warn"}>{t(`reports.level.${level}`)}</Badge>;
}
