/** What the page around the map is told of it. */
import type { NodeId } from "~/map/schema";

/** A node whose text is being edited in place. */
export interface Editing {
  readonly id: NodeId;
  /** Made for this editing: left empty, it goes again. */
  readonly fresh: boolean;
  /** What was active before: where the selection goes back to. */
  readonly from: NodeId | null;
}

/** What the page around the map shows of it. */
export interface ViewState {
  readonly active: NodeId | null;
  readonly selected: readonly NodeId[];
  readonly editing: Editing | null;
  readonly zoom: number;
  /** Nodes that wait for a tap on their new parent. */
  readonly moving: readonly NodeId[] | null;
}
