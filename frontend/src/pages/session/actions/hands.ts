/**
 * What one has at hand in a view of the map, be it the map or the outline: what menus, bars and the
 * clipboard work on, without knowing which of the two it is.
 */
import type * as Y from "yjs";
import type { Author } from "~/map/commands";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import type { Gate } from "~/pages/session/actions/context";
import type { Command } from "~/pages/session/keys/table";

/** A view of the map as of now, and who works in it. */
export interface Hands {
  readonly doc: Y.Doc;
  readonly model: MapModel;
  readonly author: Author;
  readonly canEdit: boolean;
  /** What the session lets one do. */
  readonly gate: Gate;
  /** What is selected. */
  readonly ids: readonly NodeId[];
  /** The node that keys go to; the central topic where there is none. */
  readonly active: NodeId;
  /** Carries a command out on what is selected. */
  run(command: Command): void;
  isFolded(id: NodeId): boolean;
  /** Selects and shows what has just been put under a node. */
  show(parent: NodeId, ids: readonly NodeId[]): void;
  /** Waits for the new parent of what is selected to be pointed at; only where one can point. */
  readonly moveTo?: () => void;
}
