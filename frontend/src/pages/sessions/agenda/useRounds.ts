import { useRef, useState } from "react";
import type { Agenda } from "~/api/types";
import { formsOf, moved, newRound, type RoundForm } from "~/pages/sessions/agenda/draft";

/** The rounds while they are planned. */
export interface RoundList {
  readonly rounds: readonly RoundForm[];
  /** The one whose fields are shown. */
  readonly opened: string | null;
  /** Where a round went last, from 0. */
  readonly news: number | null;
  open(key: string | null): void;
  add(): void;
  set(key: string, part: Partial<RoundForm>): void;
  remove(key: string): void;
  move(from: number, to: number): void;
  reset(agenda: Agenda): void;
  /** The round that is being dragged. */
  readonly dragged: { current: number | null };
}

/** Holds the rounds of an agenda while they are planned. */
export function useRounds(agenda: Agenda): RoundList {
  const [rounds, setRounds] = useState<readonly RoundForm[]>(() => formsOf(agenda));
  const [opened, open] = useState<string | null>(null);
  const [news, setNews] = useState<number | null>(null);
  const dragged = useRef<number | null>(null);
  return {
    ...{ rounds, opened, open, news, dragged },
    add: () => {
      const round = newRound();
      setRounds([...rounds, round]);
      open(round.key);
    },
    set: (key, part) =>
      setRounds(rounds.map((round) => (round.key === key ? { ...round, ...part } : round))),
    remove: (key) => setRounds(rounds.filter((round) => round.key !== key)),
    move: (from, to) => {
      if (to < 0 || to >= rounds.length || to === from) return;
      setRounds(moved(rounds, from, to));
      setNews(to);
    },
    reset: (theirs) => setRounds(formsOf(theirs)),
  };
}
