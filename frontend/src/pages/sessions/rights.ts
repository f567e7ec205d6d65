/** What the pages leave out because the server's role table would refuse it. The server decides. */
import type { Role } from "~/api/types";

/** Whether an account prepares and runs sessions. */
export function mayRunSessions(role: Role): boolean {
  return role === "admin" || role === "facilitator";
}
