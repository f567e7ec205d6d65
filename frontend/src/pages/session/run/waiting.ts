/** What waits for the facilitators. */
import type { SessionState } from "~/sync/protocol";
import type { SilentState } from "~/sync/sessionState";

/** What was written alone and is still to be revealed, whatever round is on by now. */
export function waitingIdeas(session: SessionState | null): SilentState | null {
  const isRevealed = session?.round?.revealed && session.round.id === session.silent?.round;
  return isRevealed ? null : (session?.silent ?? null);
}

/** Whether revealing is what one does next: going on with the agenda comes after. */
export function isRevealNext(session: SessionState | null): boolean {
  return (waitingIdeas(session)?.ideas ?? 0) > 0;
}
