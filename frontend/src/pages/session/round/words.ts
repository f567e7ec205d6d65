/** The words that the states of a session have. */

const PHASES = ["draft", "scheduled", "live", "paused", "closed", "archived"] as const;
/** A state of a session that there are words for. */
export type Phase = (typeof PHASES)[number];

/** A session's state; one that this page does not know counts as going on. */
export function phaseOf(phase: string): Phase {
  return PHASES.find((it) => it === phase) ?? "live";
}
