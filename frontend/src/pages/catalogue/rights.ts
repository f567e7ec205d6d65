/** What the pages leave out because the server's role table would refuse it. The server decides. */
import type { RecordShape, Role, StateShape } from "~/api/types";

/** Whether an account makes, changes and merges records, and keeps tags. */
export const mayWrite = (role: Role): boolean => role === "admin" || role === "analyst";

/** Whether an account accepts and rejects, and scores. */
export const mayReview = (role: Role): boolean => mayWrite(role) || role === "reviewer";

/** The states that a record may be set to by who looks at it: steps of its table, and for who only judges, judgements. */
export function nextStates(shape: RecordShape, state: string, role: Role): StateShape[] {
  const from = shape.states.find((it) => it.name === state);
  const steps = shape.states.filter((it) => from?.next.includes(it.name));
  if (mayWrite(role)) return steps;
  return mayReview(role) ? steps.filter((it) => it.review) : [];
}
