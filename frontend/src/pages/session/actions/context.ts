/**
 * What the map's commands work on, and what they ask of the page around the map.
 */

import type * as Y from "yjs";
import type { Author } from "~/map/commands";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import type { Command } from "~/pages/session/keys/table";
import type { Deed } from "~/pages/session/permits";
import type { MapView } from "~/pages/session/render/MapView";

/** A part of the side panel that a key can lead to. */
export type PanelPart = "text" | "note";

/** What a command or a deed would be done to. */
export interface Target {
  readonly ids: readonly NodeId[];
  /** What the nodes would be put under. */
  readonly to?: readonly NodeId[];
}

/** What the session lets one do. */
export interface Gate {
  /** Why nodes may not be treated so just now, in words; null where they may. */
  reason(what: Command | Deed, target: Target): string | null;
  /** Says why; true where they may not. */
  withheld(what: Command | Deed, target: Target): boolean;
  /** Whether a comment of this participant's may be changed and deleted. */
  mayChangeComment(by: string): boolean;
  /** Whether an arrow of this participant's may be labelled and taken away. */
  mayChangeArrow(by: string): boolean;
  /** Whether a branch is locked at this node. */
  isLocked(id: NodeId): boolean;
  /** Whether one may vote just now. */
  voting(): boolean;
  /** Adds a vote to a node or takes one back. */
  vote(id: NodeId, by: 1 | -1): void;
}

/** A map that is not in a session: everything goes. */
export const OPEN_GATE: Gate = {
  reason: () => null,
  withheld: () => false,
  mayChangeComment: () => true,
  mayChangeArrow: () => true,
  isLocked: () => false,
  voting: () => false,
  vote: () => undefined,
};

/** What the page does for the map. */
export interface PageActions {
  /** What the session lets one do, as of now. */
  readonly gate: Gate;
  /** Opens the side panel at one of its parts and gives it the focus. */
  openPanel(part: PanelPart): void;
  /** Opens the palette of gaps and solutions for a node. */
  link(id: NodeId): void;
  /** Links a node to what the side panel offers first. */
  linkOffer(id: NodeId): void;
  /** Makes a gap of a node. */
  makeGap(id: NodeId): void;
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

/** A map that is only looked at: nothing is asked of the page around it. */
export const NO_ACTIONS: PageActions = {
  gate: OPEN_GATE,
  openPanel: () => undefined,
  link: () => undefined,
  linkOffer: () => undefined,
  makeGap: () => undefined,
  relate: () => undefined,
  pick: () => false,
  openSearch: () => undefined,
  openHelp: () => undefined,
  leave: () => undefined,
  removed: () => undefined,
};

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
