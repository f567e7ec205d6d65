/**
 * What this device keeps of what somebody writes alone in silent rounds: ideas that wait to be sent,
 * and what is half written.
 */
import type { Drawer, Waiting } from "~/hooks/useIdeas";
import { forgetAll, recall, remember, remembers } from "~/pages/session/remember";

/** Ideas that wait to be sent, by round; and what is half written. */
const WAITING = "ideas.waiting.";
const DRAFT = "ideas.draft.";
/** Which silent round somebody wrote in last, on a map: another round may be on when they come back. */
const LAST = "ideas.last.";

/** What waits of a round. */
export function drawerOf(round: string): Drawer {
  return {
    read: () => {
      try {
        const kept: unknown = JSON.parse(recall(WAITING + round) ?? "[]");
        return Array.isArray(kept) ? kept.filter(isWaiting) : [];
      } catch {
        return [];
      }
    },
    write: (ideas) => remember(WAITING + round, ideas.length > 0 ? JSON.stringify(ideas) : null),
  };
}

/** What is half written in a round. */
export const readDraft = (round: string): string => recall(DRAFT + round) ?? "";

/** Keeps what is half written in a round. */
export const keepDraft = (round: string, text: string): void =>
  remember(DRAFT + round, text === "" ? null : text);

/** Notes that somebody writes in a round of a map. */
export const enterRound = (map: string, round: string): void => remember(LAST + map, round);

/** The silent round of a map that somebody wrote in here and that the server lacks words of; null without one. */
export function roundWithUnsent(map: string): string | null {
  const round = recall(LAST + map);
  return round !== null && hasUnsent(round) ? round : null;
}

/** Whether somebody wrote something in a round here that the server has not got. */
export const hasUnsent = (round: string): boolean =>
  drawerOf(round).read().length > 0 || readDraft(round) !== "";

/** The same of all rounds. */
export const hasUnsentIdeas = (): boolean => remembers(WAITING) || remembers(DRAFT);

/** Forgets all of it: others may use this device next. */
export const forgetIdeas = (): void => [WAITING, DRAFT, LAST].forEach(forgetAll);

function isWaiting(kept: unknown): kept is Waiting {
  const { id, text } = (kept ?? {}) as Partial<Waiting>;
  return typeof id === "string" && typeof text === "string";
}
