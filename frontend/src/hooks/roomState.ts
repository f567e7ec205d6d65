import type * as Y from "yjs";
import type { PresenceRoom } from "~/hooks/presence";
import type { MapModel } from "~/map/model";

/** An open map without its connection: what drawing and editing it takes. */
export interface OpenMap {
  readonly room: PresenceRoom;
  readonly doc: Y.Doc;
  readonly model: MapModel;
  readonly undo: Y.UndoManager;
}
