/**
 * What each step that can be undone changes. What one may do can have become less since, and going
 * back is an edit like any other.
 */
import type * as Y from "yjs";
import { LINKING } from "~/map/edit";
import { itemUnder } from "~/map/items";
import { fieldsOf, type NodeId, nodesOf, readPlace } from "~/map/schema";

/** What a step changes, in so far as rules ask for it. It is the same for taking it back. */
export interface Reach {
  /** Whether it links or unlinks, and does nothing else. */
  readonly linksOnly: boolean;
  /** Nodes of which it changes anything at all. */
  readonly nodes: ReadonlySet<NodeId>;
  /** Those of them that it makes, deletes or brings back, with all that is under them. */
  readonly whole: ReadonlySet<NodeId>;
  /** What nodes stand under before or after it. */
  readonly parents: ReadonlySet<NodeId>;
}

/** What a step holds its reach by. */
const REACH = "gapmap reach";

type StackItem = Y.UndoManager["undoStack"][number];
type Changed = Y.Transaction["changedParentTypes"];

/** Has each step remember its reach. */
export function rememberReach(doc: Y.Doc, undo: Y.UndoManager): void {
  undo.on("stack-item-added", ({ stackItem, changedParentTypes }) => {
    // What is taken back comes to stand in the other stack, and is the same step there.
    const reach = undo.currStackItem?.meta.get(REACH) ?? readReach(doc, changedParentTypes, null);
    stackItem.meta.set(REACH, reach);
  });
  undo.on("stack-item-updated", ({ stackItem, changedParentTypes }) => {
    stackItem.meta.set(REACH, readReach(doc, changedParentTypes, reachOf(stackItem)));
  });
}

/** Which way one goes through one's own steps. */
export type Step = "undo" | "redo";

/** The steps that way, the next one last. */
export function stepsTo(undo: Y.UndoManager, what: Step): StackItem[] {
  return what === "undo" ? undo.undoStack : undo.redoStack;
}

/** The reach of the step that comes next; null where there is none. */
export function nextReach(undo: Y.UndoManager, what: Step): Reach | null {
  const step = stepsTo(undo, what).at(-1);
  return step ? reachOf(step) : null;
}

function reachOf(step: StackItem): Reach | null {
  return (step.meta.get(REACH) as Reach | undefined) ?? null;
}

/** What was changed, and what the same step had changed before. */
function readReach(doc: Y.Doc, changed: Changed, before: Reach | null): Reach {
  const all = nodesOf(doc);
  const events = changed.get(all as never) ?? [];
  const nodes = new Set(before?.nodes);
  const whole = new Set(before?.whole);
  const parents = new Set(before?.parents);
  const stands = (place: unknown): void => {
    const parent = readPlace(place)?.parent;
    if (parent !== undefined) parents.add(parent);
  };
  for (const { target, keys } of events) {
    const made = target === (all as unknown) ? [...keys.keys()] : [];
    for (const id of made) {
      nodes.add(id);
      whole.add(id);
      stands(fieldsOf(doc, id)?.get("place"));
    }
    const id = itemUnder(target._item, (parent) => parent === (all as unknown))?.parentSub;
    if (!id) continue;
    nodes.add(id);
    const fields = fieldsOf(doc, id);
    if (target !== (fields as unknown)) continue;
    if (keys.has("deleted")) whole.add(id);
    if (keys.has("place")) {
      stands(keys.get("place")?.oldValue);
      stands(fields?.get("place"));
    }
  }
  const links = events.some(({ transaction }) => transaction.meta.has(LINKING));
  return { linksOnly: links && before?.linksOnly !== false, nodes, whole, parents };
}
