import { useTranslation } from "react-i18next";
import type { Session, SessionState, Tlp } from "~/api/types";
import { Badge, type BadgeTone } from "~/components/Badge";
import { DOT } from "~/components/format";

const TONES: Record<SessionState, BadgeTone> = {
  draft: "neutral",
  scheduled: "accent",
  live: "ok",
  paused: "warn",
  closed: "neutral",
  archived: "neutral",
};

/** How far a session has come. */
export function StateBadge({ state }: { state: SessionState }) {
  const { t } = useTranslation();
  return (
    <Badge tone={TONES[state]} live={state === "live"}>
      {t(`sessions.state.${state}`)}
    </Badge>
  );
}

/** Who may hear of it. The protocol's own words, which are the same in every language. */
export function TlpBadge({ tlp }: { tlp: Tlp }) {
  return <Badge>TLP:{tlp}</Badge>;
}

/** The names of a session's groups in a row. */
export function groupNames(session: Pick<Session, "groups">, none: string): string {
  return session.groups.length === 0 ? none : session.groups.map((group) => group.name).join(DOT);
}
