/** Writing in one row: begun, then kept or taken back, also the making of a node that stayed empty. */
import type * as Y from "yjs";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";

/** A row that is being written in. */
export interface Editing {
  readonly id: NodeId;
  /** Made for this writing: when nothing is written, it goes again. */
  readonly fresh: boolean;
  /** Where the selection was before. */
  readonly from: NodeId;
  /** How many steps could be undone when it began. */
  readonly depth: number;
}

/** Begins: what is written from here on is a step of its own. */
export function beginEditing(
  undo: Y.UndoManager,
  id: NodeId,
  from: NodeId,
  fresh: boolean,
): Editing {
  undo.stopCapturing();
  return { id, fresh, from, depth: undo.undoStack.length };
}

/** Ends; true where the node is gone because nothing was written in it. */
export function endEditing(
  model: MapModel,
  undo: Y.UndoManager,
  editing: Editing,
  how: "keep" | "takeBack",
): boolean {
  if (how === "takeBack") while (undo.undoStack.length > editing.depth) undo.undo();
  if (!editing.fresh || !isUnused(model, editing.id)) return false;
  // The making of the node is the step below what was written in it.
  while (undo.undoStack.length >= editing.depth && undo.undoStack.length > 0) undo.undo();
  return true;
}

/** Whether nobody has written in a node nor put anything under it. */
export function isUnused(model: MapModel, id: NodeId): boolean {
  const node = model.node(id);
  return node !== undefined && node.text.trim() === "" && node.children.length === 0;
}
