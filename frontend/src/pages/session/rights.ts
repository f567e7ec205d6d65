/** Whether one may edit a map, or why not. The server decides; pages only leave out what it would refuse. */
import type { MapEntry } from "~/api/types";
import type { RoomStatus } from "~/sync/RoomClient";

/** What the connection and the map say together. */
export function rightsOf(map: MapEntry, status: RoomStatus): "edit" | "locked" | "view" {
  const { phase } = status;
  // A page that was loaded while the server is away goes by what it was told before.
  const role = status.role ?? (phase === "offline" ? map.me.role : null);
  // Refused: what is written now would go nowhere.
  if (phase === "refused") return "view";
  if (role === null || role === "viewer" || map.state === "archived") return "view";
  // Only facilitators write in a locked map.
  const guess = map.state === "locked" && role !== "facilitator";
  return (status.session?.locked ?? guess) ? "locked" : "edit";
}
