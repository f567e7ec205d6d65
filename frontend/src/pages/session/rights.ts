/** Whether one may edit a map, or why not. The server decides; pages only leave out what it would refuse. */
import type { MapEntry } from "~/api/types";
import type { RoomStatus } from "~/sync/RoomClient";

/** That one may edit, or why nobody here may just now; each but the first has its words. */
export type Rights =
  | "edit"
  | "readOnly"
  | "locked"
  | "ahead"
  | "paused"
  | "closed"
  | "archived"
  | "mapArchived";

/** Rights that are the state of the session, which the bar of the rounds says. */
export function isOfSession(rights: Rights): boolean {
  return Object.values(STILL).includes(rights);
}

/** Sessions in these states have their maps stand still. */
const STILL: Readonly<Record<string, Rights>> = {
  draft: "ahead",
  scheduled: "ahead",
  paused: "paused",
  closed: "closed",
  archived: "archived",
};

/** What the connection and the map say together. */
export function rightsOf(map: MapEntry, status: RoomStatus): Rights {
  const { phase, session } = status;
  // A page that was loaded while the server is away goes by what it was told before.
  const role = status.role ?? (phase === "offline" ? map.me.role : null);
  // Refused: what is written now would go nowhere.
  if (phase === "refused" || role === null) return "readOnly";
  const still = STILL[session?.phase ?? ""];
  // Facilitators write before a session begins and while it is paused.
  if (still && (session?.locked || role === "viewer")) return still;
  if (map.state === "archived") return "mapArchived";
  if (role === "viewer") return "readOnly";
  // Only facilitators write in a locked map.
  const guess = map.state === "locked" && role !== "facilitator";
  return (session?.locked ?? guess) ? "locked" : "edit";
}
