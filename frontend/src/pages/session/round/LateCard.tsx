import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { DOT } from "~/components/format";
import type { RoomState } from "~/hooks/useRoom";
import { clockFace, useTimeLeft } from "~/hooks/useTimeLeft";
import { recall, remember } from "~/pages/session/remember";
import styles from "~/pages/session/round/LateCard.module.css";
import { phaseOf } from "~/pages/session/round/words";
import type { RoundState } from "~/sync/sessionState";

const KEY = "welcomed";

/** For whoever comes while a round is on: where things stand and what to do. Once a round, and not to facilitators. */
export function LateCard({ room, title }: { room: RoomState; title: string }) {
  const { session, role } = room.status;
  const round = session?.round ?? null;
  // What was on when one came; who was there when a round began needs no telling.
  const [first, setFirst] = useState<string | null>();
  if (first === undefined && session) setFirst(round?.id ?? null);
  const begun = round !== null && first !== undefined && round.id !== first ? round.id : null;
  useEffect(() => {
    if (begun !== null) remember(KEY, begun);
  }, [begun]);
  const [closed, setClosed] = useState(false);
  const late = round !== null && round.id === first && recall(KEY) !== round.id;
  if (!late || closed || role === "facilitator") return null;
  const close = () => {
    remember(KEY, round.id);
    setClosed(true);
  };
  return <Card room={room} round={round} title={title} onClose={close} />;
}

interface CardProps {
  room: RoomState;
  round: RoundState;
  title: string;
  onClose: () => void;
}

function Card({ room, round, title, onClose }: CardProps) {
  const { t } = useTranslation();
  const { session, clock } = room.status;
  const start = useRef<HTMLButtonElement>(null);
  const left = useTimeLeft(round, clock);
  const time = left
    ? left.paused
      ? t("run.timer.paused")
      : left.ms > 0
        ? clockFace(left.ms)
        : t("run.timer.over")
    : t("run.late.noTime");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("run.late.title")}
      description={title}
      initialFocus={start}
      footer={
        <Button ref={start} variant="primary" onClick={onClose}>
          {t("run.late.start")}
        </Button>
      }
    >
      <dl className={styles.facts}>
        <dt>{t("run.late.state")}</dt>
        <dd>
          {t(`run.phase.${phaseOf(session?.phase ?? "live")}`)}
          {DOT}
          {t("run.bar.round", { n: round.n, of: round.of })}
          {DOT}
          <strong>{round.title}</strong>
        </dd>
        <dt>{t("run.late.todo")}</dt>
        <dd>
          <p className={styles.prompt} dir="auto">
            {round.prompt}
          </p>
          <p>{t(`run.todo.${round.method}`)}</p>
        </dd>
        <dt>{t("run.late.time")}</dt>
        <dd className={styles.time}>{time}</dd>
      </dl>
    </Dialog>
  );
}
