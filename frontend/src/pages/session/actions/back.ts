/**
 * The ways back: a step undone or done again, branches out of the trash, writing taken back.
 *
 * Each asks the session first: going back is an edit like any other, and one that the server
 * refuses costs the whole document. No other file of the pages goes back by itself; a test keeps
 * that.
 */
import type * as Y from "yjs";
import type { OpenMap } from "~/hooks/roomState";
import { restore, type Step, stepsTo } from "~/map/commands";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import type { Gate } from "~/pages/session/actions/context";

/** What the ways back work on. */
type Ways = Pick<OpenMap, "model" | "undo">;

/** Undoes or redoes a step. Where that may not be, it is said, and false. */
export function goStep(undo: Y.UndoManager, gate: Gate, what: Step): boolean {
  const steps = stepsTo(undo, what);
  do {
    if (gate.withheld(what, { ids: [] })) return false;
  } while (!goAlone(undo, what) && steps.length > 0);
  return true;
}

/**
 * Undoes or redoes a step; false where nothing was left of it. Yjs would go on to the steps below
 * then, of which nobody has asked whether they may be taken back, or wants it. So they are out of
 * its reach meanwhile.
 */
function goAlone(undo: Y.UndoManager, what: Step): boolean {
  const steps = stepsTo(undo, what);
  const below = steps.splice(0, steps.length - 1);
  const done = undo[what]() !== null;
  steps.unshift(...below);
  return done;
}

/** Takes branches out of the trash. Where that may not be, it is said, and false. */
export function bringBack(doc: Y.Doc, gate: Gate, ids: readonly NodeId[]): boolean {
  if (gate.withheld("restore", { ids })) return false;
  for (const id of ids) restore(doc, id);
  return true;
}

/** The way back from a deletion just made: as a step while it is the last one, else out of the trash. */
export function wayBackFrom({ model, undo }: Ways, gate: Gate, ids: readonly NodeId[]): () => void {
  const removal = undo.undoStack.at(-1);
  return () => {
    if (!removal || undo.undoStack.at(-1) !== removal) bringBack(model.doc, gate, ids);
    else if (!gate.withheld("restore", { ids })) goAlone(undo, "undo");
  };
}

/** A node that is being written in. */
export interface Writing {
  readonly id: NodeId;
  /** Made for this writing: when nothing is written, it goes again. */
  readonly fresh: boolean;
  /** The steps that could be undone when it began. */
  readonly before: Steps;
}

type Steps = Y.UndoManager["undoStack"];

/** Begins: what is written from here on is a step of its own, above those that it gives. */
export function beginWriting(undo: Y.UndoManager): Steps {
  undo.stopCapturing();
  return [...undo.undoStack];
}

/**
 * Ends; true where the node is gone because nothing was written in it. What was written and taken
 * back is not lost: Redo brings it.
 */
export function endWriting(
  { model, undo }: Ways,
  gate: Gate,
  { id, fresh, before }: Writing,
  how: "keep" | "takeBack",
): boolean {
  // The pen may have been taken away in mid-word: then all stays as it is.
  if (gate.reason("edit", { ids: [id] }) !== null) return false;
  const isTakenBack = how === "takeBack" && undoDownTo(undo, before);
  if (!fresh || !isUnused(model, id)) return false;
  // The making of the node is the step below what was written in it.
  undoDownTo(undo, before.slice(0, -1));
  // Nobody expects Redo to bring an idea in which nothing ever stood.
  if (!isTakenBack) undo.clear(false, true);
  return true;
}

/** Whether nobody has written in a node nor put anything under it. */
export function isUnused(model: MapModel, id: NodeId): boolean {
  const node = model.node(id);
  return node !== undefined && node.text.trim() === "" && node.children.length === 0;
}

/** Takes back the steps that are above these, some of which may have been taken back meanwhile; whether there were any. */
function undoDownTo(undo: Y.UndoManager, before: Steps): boolean {
  const known = new Set(before);
  const isAbove = () => undo.undoStack.some((step) => !known.has(step));
  const isAny = isAbove();
  while (isAbove()) goAlone(undo, "undo");
  return isAny;
}
