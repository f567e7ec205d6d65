/**
 * Where one stood at each step that can be undone: undo and redo lead back there, and the map holds
 * still what it held still then, so that it comes back to exactly where it was.
 */
import type * as Y from "yjs";
import { type Step, stepsTo } from "~/map/commands";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import { goStep } from "~/pages/session/actions/back";
import type { Gate } from "~/pages/session/actions/context";

/** Where one stands. */
export interface Standpoint {
  readonly active: NodeId | null;
  /** What stands still on the screen while the map changes around it. */
  readonly held: NodeId | null;
}

interface Memory {
  readonly before: Standpoint;
  after: NodeId | null;
}

/** What a step holds its memory by. */
const STOOD = "gapmap stood";

/** Has each step remember where one stood before and after it, until what it answers is called. */
export function rememberStanding(undo: Y.UndoManager, standing: () => Standpoint): () => void {
  const added = ({ stackItem }: { stackItem: Y.UndoManager["undoStack"][number] }): void => {
    // What is taken back comes to stand in the other stack, and is the same step there.
    const known: unknown = undo.currStackItem?.meta.get(STOOD);
    const before = standing();
    const memory = known ?? { before, after: before.active };
    stackItem.meta.set(STOOD, memory);
    // A command chooses what is active after it has changed the map.
    if (!known) queueMicrotask(() => ((memory as Memory).after = standing().active));
  };
  undo.on("stack-item-added", added);
  return () => undo.off("stack-item-added", added);
}

/** Where the step that comes next led from, or for a redo to; and what it held. */
export function nextStanding(undo: Y.UndoManager, what: Step): Standpoint | null {
  const memory = stepsTo(undo, what).at(-1)?.meta.get(STOOD) as Memory | undefined;
  if (!memory) return null;
  const { active, held } = memory.before;
  return { active: what === "undo" ? active : memory.after, held };
}

/** Takes a step back or makes it again, and selects what was selected then, where that is there. */
export function stepTo(
  { model, undo }: { readonly model: MapModel; readonly undo: Y.UndoManager },
  gate: Gate,
  what: Step,
  select: (id: NodeId) => void,
): void {
  const stood = nextStanding(undo, what)?.active;
  if (goStep(undo, gate, what) && stood && model.node(stood)) select(stood);
}
