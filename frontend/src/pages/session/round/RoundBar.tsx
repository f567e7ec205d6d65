import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "~/components/Badge";
import type { RoomState } from "~/hooks/useRoom";
import { useTimeLeft } from "~/hooks/useTimeLeft";
import { RightsBadge } from "~/pages/session/bar/RightsBadge";
import { isOfSession, type Rights } from "~/pages/session/rights";
import styles from "~/pages/session/round/RoundBar.module.css";
import { RoundTimer } from "~/pages/session/round/RoundTimer";
import { type Phase, phaseOf } from "~/pages/session/round/words";
import type { Voting } from "~/pages/session/vote/useVoting";
import { VotesLeft } from "~/pages/session/vote/VotesLeft";
import type { SessionState } from "~/sync/protocol";
import type { RoundState } from "~/sync/sessionState";

interface RoundBarProps {
  room: RoomState;
  rights: Rights;
  voting: Voting;
}

/** Under the top bar: which round is on, what is asked, how much time is left. Nothing of it outside of rounds. */
export function RoundBar({ room, rights, voting }: RoundBarProps) {
  const { session, clock } = room.status;
  return (
    <>
      <RoundNews session={session} />
      {session && (session.round || session.phase !== "live") && (
        <Strip {...{ session, rights, clock, voting }} />
      )}
    </>
  );
}

interface StripProps {
  session: SessionState;
  rights: Rights;
  clock: number | null;
  voting: Voting;
}

function Strip({ session, rights, clock, voting }: StripProps) {
  const { t } = useTranslation();
  const { round } = session;
  const phase = phaseOf(session.phase);
  const left = useTimeLeft(round, clock);
  return (
    <section className={styles.strip} aria-label={t("run.bar.label")}>
      {phase !== "live" && (
        <p className={styles.phase}>
          {rights !== "edit" && isOfSession(rights) ? (
            <RightsBadge rights={rights} />
          ) : (
            <Badge tone="warn">{t(`run.phase.${phase}`)}</Badge>
          )}
          {!round && <span>{t(`run.phaseText.${phase}`)}</span>}
        </p>
      )}
      {round && <What round={round} />}
      <div className={styles.end}>
        {voting.vote && <VotesLeft voting={voting} />}
        {left && <RoundTimer left={left} />}
      </div>
    </section>
  );
}

function What({ round }: { round: RoundState }) {
  const { t } = useTranslation();
  return (
    <div className={styles.what}>
      <p className={styles.round}>
        <span className={styles.count}>
          <span className="visually-hidden">
            {t("run.bar.round", { n: round.n, of: round.of })}:{" "}
          </span>
          <span aria-hidden="true">
            {round.n}/{round.of}
          </span>
        </span>
        <strong className={styles.title} dir="auto">
          {round.title}
        </strong>
      </p>
      <p className={styles.prompt} dir="auto">
        {round.prompt || t(`run.todo.${round.method}`)}
      </p>
    </div>
  );
}

/** Tells those who hear the page that another round or phase has begun. What was on at first is no news. */
function RoundNews({ session }: { session: SessionState | null }) {
  const { t } = useTranslation();
  const [news, setNews] = useState("");
  const known = useRef<{ round: string | null; phase: Phase } | null>(null);
  const round = session?.round ?? null;
  const id = round?.id ?? null;
  const phase = session && phaseOf(session.phase);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is news, another word of it is not
  useEffect(() => {
    if (phase === null) return;
    const before = known.current;
    known.current = { round: id, phase };
    if (before === null) return;
    if (before.phase !== phase) setNews(t(`run.phaseText.${phase}`));
    else if (round && before.round !== id) {
      const prompt = round.prompt || t(`run.todo.${round.method}`);
      setNews(t("run.bar.announce", { n: round.n, of: round.of, title: round.title, prompt }));
    } else if (before.round !== id) setNews(t("run.bar.announceEnd"));
  }, [id, phase]);
  return (
    <p className="visually-hidden" role="status" data-news="round">
      {news}
    </p>
  );
}
