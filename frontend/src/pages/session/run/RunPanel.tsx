import { Megaphone, MonitorUp, Radio, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { Button, buttonClass } from "~/components/Button";
import { IconButton } from "~/components/IconButton";
import type { RoomState } from "~/hooks/useRoom";
import { ROOT } from "~/map/schema";
import { Checkpoints } from "~/pages/session/run/Checkpoints";
import { LockMap } from "~/pages/session/run/LockMap";
import { RunAgenda } from "~/pages/session/run/RunAgenda";
import styles from "~/pages/session/run/RunPanel.module.css";
import { RunPeople } from "~/pages/session/run/RunPeople";
import type { Lead } from "~/pages/session/run/useLead";
import { useShowRevealed } from "~/pages/session/run/useShowRevealed";
import type { Session } from "~/pages/session/useSession";

interface RunPanelProps {
  map: MapEntry;
  room: RoomState;
  session: Session;
  lead: Lead;
  isLeading: boolean;
  onClose: () => void;
}

/** Beside the map, for facilitators: the agenda and its timer, the map, the people. */
export function RunPanel({ map, room, session, lead, isLeading, onClose }: RunPanelProps) {
  const { t } = useTranslation();
  const showRevealed = useShowRevealed(room.model, session.controller);
  return (
    <aside className={styles.panel} data-region="run" tabIndex={-1} aria-label={t("run.panel")}>
      <header className={styles.header}>
        <h2>{t("run.panel")}</h2>
        <IconButton icon={X} size="s" label={t("run.close")} onClick={onClose} />
      </header>
      <RunAgenda {...{ map, room }} selected={session.selected} onRevealed={showRevealed} />
      <section className={styles.section} aria-label={t("run.everyone.title")}>
        <h3>{t("run.everyone.title")}</h3>
        <div className={styles.buttons}>
          <Button
            icon={Megaphone}
            size="s"
            onClick={() => lead.call(session.selected === ROOT ? null : session.selected)}
          >
            {t(session.selected && session.selected !== ROOT ? "run.call.node" : "run.call.map")}
          </Button>
          <Button icon={Radio} size="s" onClick={() => lead.follow(!isLeading)}>
            {t(isLeading ? "run.follow.end" : "run.follow.begin")}
          </Button>
          <LockMap map={map} />
          <a
            className={buttonClass({ size: "s" })}
            href={`/maps/${map.id}?projector=1`}
            target="_blank"
            rel="noreferrer"
          >
            <MonitorUp aria-hidden="true" className={styles.icon} />
            {t("run.projector.open")}
          </a>
        </div>
      </section>
      <Checkpoints map={map.id} round={room.status.session?.round?.id ?? null} />
      <RunPeople map={map} room={room} onJump={session.jump} />
    </aside>
  );
}
