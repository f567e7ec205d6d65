/**
 * The ways back: writing that is taken back, and a node that was made for it and stayed empty.
 */
import type * as Y from "yjs";
import type { OpenMap } from "~/hooks/roomState";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import type { Gate } from "~/pages/session/actions/context";

/** What the ways back work on. */
type Ways = Pick<OpenMap, "model" | "undo">;

/** A node that is being written in. */
export interface Writing {
  readonly id: NodeId;
  /** Made for this writing: when nothing is written, it goes again. */
  readonly fresh: boolean;
  /** How many steps could be undone when it began. */
  readonly depth: number;
}

/** Begins: what is written from here on is a step of its own, above this many others. */
export function beginWriting(undo: Y.UndoManager): number {
  undo.stopCapturing();
  return undo.undoStack.length;
}

/** Ends; true where the node is gone because nothing was written in it. */
export function endWriting(
  { model, undo }: Ways,
  gate: Gate,
  { id, fresh, depth }: Writing,
  how: "keep" | "takeBack",
): boolean {
  // The pen may have been taken away in mid-word: then all stays as it is.
  if (gate.reason("edit", { ids: [id] }) !== null) return false;
  if (how === "takeBack") undoDownTo(undo, depth);
  if (!fresh || !isUnused(model, id)) return false;
  // The making of the node is the step below what was written in it.
  undoDownTo(undo, Math.max(depth - 1, 0));
  return true;
}

/** Whether nobody has written in a node nor put anything under it. */
export function isUnused(model: MapModel, id: NodeId): boolean {
  const node = model.node(id);
  return node !== undefined && node.text.trim() === "" && node.children.length === 0;
}

function undoDownTo(undo: Y.UndoManager, depth: number): void {
  if (undo.undoStack.length <= depth) return;
  while (undo.undoStack.length > depth) undo.undo();
  undo.clear(false, true); // Nobody expects Redo to bring back what Escape took away.
}
