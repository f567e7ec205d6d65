/**
 * What the map's commands work on, and what they ask of the page around the map.
 */

import type * as Y from "yjs";
import type { Author } from "~/map/commands";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import type { MapView } from "~/pages/session/render/MapView";

/** A part of the side panel that a key can lead to. */
export type PanelPart = "text" | "note" | "links";

/** What the page does for the map. */
export interface PageActions {
  /** Opens the side panel at one of its parts and gives it the focus. */
  openPanel(part: PanelPart): void;
  /** Begins an arrow at a node. */
  relate(from: NodeId): void;
  /** Says that a node was pointed at, or none. True where the page waited for that: it is no selection then. */
  pick(id: NodeId | null): boolean;
  openSearch(): void;
  openHelp(): void;
  /** Takes the focus out of the map, as Tab cannot. */
  leave(): void;
  /** Says that branches were deleted, and offers to take that back. */
  removed(ids: readonly NodeId[], nodes: number): void;
}

/** What a command has at hand. */
export interface ActionContext {
  readonly view: MapView;
  readonly doc: Y.Doc;
  readonly model: MapModel;
  readonly undo: Y.UndoManager;
  readonly author: Author;
  readonly canEdit: boolean;
  readonly page: PageActions;
}
