import { Check, ChevronLeft, ChevronRight, Pause, Play, Plus } from "lucide-react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import type { Agenda, MapEntry, Round, Step } from "~/api/types";
import { Button } from "~/components/Button";
import { classes } from "~/components/classes";
import { DOT } from "~/components/format";
import { Spinner } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useAgenda, useStep } from "~/hooks/useAgenda";
import { useExplain } from "~/hooks/useExplain";
import type { RoomState } from "~/hooks/useRoom";
import { useTimeLeft } from "~/hooks/useTimeLeft";
import type { NodeId } from "~/map/schema";
import { RoundTimer } from "~/pages/session/round/RoundTimer";
import { type Phase, phaseOf } from "~/pages/session/round/words";
import { RoundTools } from "~/pages/session/run/RoundTools";
import styles from "~/pages/session/run/RunPanel.module.css";
import { isRevealNext } from "~/pages/session/run/waiting";
import { METHODS } from "~/sync/sessionState";

/** States of a session in which the server takes steps; what it does not tell counts as going on. */
const UNDER_WAY: readonly Phase[] = ["live", "paused"];

interface RunAgendaProps {
  map: MapEntry;
  room: RoomState;
  selected: NodeId | null;
  /** Told how many nodes there are in the map with what was revealed. */
  onRevealed: (size: number) => void;
}

/** The agenda as it goes: which round is on, and how to get to the next. */
export function RunAgenda({ map, room, selected, onRevealed }: RunAgendaProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const { session } = room.status;
  const isUnderWay = UNDER_WAY.includes(phaseOf(session?.phase ?? ""));
  const { data: agenda, error } = useAgenda(map.session, session?.round?.id ?? "");
  const step = useStep(map.session);
  const go = (what: Step) =>
    step.mutate(what, {
      // What the panel offers can be done, unless somebody else has done it, or the opposite, meanwhile.
      onError: (problem) => {
        const isLate = problem instanceof ApiError && problem.code === "invalid";
        if (isLate)
          toast({ title: t("run.step.late"), text: t("run.step.lateText"), tone: "note" });
        else toast({ title: explain(problem), tone: "danger" });
      },
    });
  return (
    <section className={styles.section} aria-label={t("run.agenda.title")}>
      <h3>{t("run.agenda.title")}</h3>
      {error && !agenda && <p>{explain(error)}</p>}
      {!agenda && !error && <Spinner label={t("common.loading")} />}
      {agenda?.rounds.length === 0 && <p className={styles.muted}>{t("run.agenda.empty")}</p>}
      {agenda && agenda.rounds.length > 0 && (
        <>
          {isUnderWay ? (
            <Steps agenda={agenda} room={room} go={go} busy={step.isPending} />
          ) : (
            <p className={styles.muted}>{t("run.step.notUnderWay")}</p>
          )}
          <RoundTools {...{ room, selected, onRevealed }} map={map.id} />
          <ol className={styles.rounds}>
            {agenda.rounds.map((round, n) => (
              <RoundItem key={round.id} round={round} n={n + 1} go={isUnderWay ? go : null} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

interface StepsProps {
  agenda: Agenda;
  room: RoomState;
  go: (step: Step) => void;
  busy: boolean;
}

function Steps({ agenda, room, go, busy }: StepsProps) {
  const { t } = useTranslation();
  const { session, clock } = room.status;
  const round = session?.round ?? null;
  const left = useTimeLeft(round, clock);
  const at = agenda.rounds.findIndex(({ id }) => id === round?.id);
  // One thing at a time is what one does next.
  const variant = isRevealNext(session) ? "secondary" : "primary";
  if (!round) {
    const first = agenda.rounds.find(({ state }) => state === "waiting");
    if (!first) return <p className={styles.muted}>{t("run.step.allDone")}</p>;
    return (
      <Button
        icon={Play}
        variant={variant}
        busy={busy}
        wide
        onClick={() => go({ action: "start", round: first.id })}
      >
        {t(
          agenda.rounds.some(({ state }) => state === "done") ? "run.step.more" : "run.step.start",
        )}
      </Button>
    );
  }
  // Meant for the round that is on here: who presses at the same time does not take the next one along.
  const take =
    (action: string) =>
    ({ detail }: MouseEvent) =>
      detail < 2 && go({ action, round: round.id });
  const isLast = at === agenda.rounds.length - 1;
  return (
    <div className={styles.steps}>
      <div className={styles.now}>
        <strong dir="auto">{round.title}</strong>
        {left && <RoundTimer left={left} />}
      </div>
      <div className={styles.buttons}>
        {left && session?.phase !== "paused" && (
          <Button
            icon={left.paused ? Play : Pause}
            size="s"
            onClick={take(left.paused ? "resume" : "pause")}
          >
            {t(left.paused ? "run.step.resume" : "run.step.pause")}
          </Button>
        )}
        <Button icon={Plus} size="s" onClick={() => go({ action: "extend", minutes: 1 })}>
          {t("run.step.minute")}
        </Button>
      </div>
      <div className={styles.buttons}>
        {at > 0 && (
          <Button icon={ChevronLeft} size="s" onClick={take("previous")}>
            {t("run.step.previous")}
          </Button>
        )}
        <Button
          icon={isLast ? Check : ChevronRight}
          size="s"
          variant={variant}
          busy={busy}
          onClick={take("next")}
        >
          {t(isLast ? "run.step.end" : "run.step.next")}
        </Button>
      </div>
    </div>
  );
}

interface RoundItemProps {
  round: Round;
  n: number;
  /** Null where no round can be started. */
  go: ((step: Step) => void) | null;
}

function RoundItem({ round, n, go }: RoundItemProps) {
  const { t } = useTranslation();
  const method = METHODS.find((it) => it === round.method) ?? "discuss";
  const isOn = round.state === "running";
  return (
    <li
      className={classes(styles.round, isOn && styles.on)}
      aria-current={isOn ? "step" : undefined}
    >
      <span className={styles.n}>
        {round.state === "done" ? <Check role="img" aria-label={t("run.state.done")} /> : n}
      </span>
      <span className={styles.roundWords}>
        <span dir="auto">{round.title}</span>
        <span className={styles.muted}>
          {t(`run.method.${method}`)}
          {round.minutes !== null && `${DOT}${t("run.minutes", { count: round.minutes })}`}
          {isOn && `${DOT}${t("run.state.running")}`}
        </span>
      </span>
      {!isOn && go && (
        <Button
          size="s"
          variant="quiet"
          aria-label={t("run.step.startNamed", { title: round.title })}
          onClick={() => go({ action: "start", round: round.id })}
        >
          {t("run.step.go")}
        </Button>
      )}
    </li>
  );
}
