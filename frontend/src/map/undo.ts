/** Undo of one's own changes: what others did meanwhile stays. */
import * as Y from "yjs";
import { STEP } from "~/map/edit";
import { itemUnder } from "~/map/items";
import { modelOf } from "~/map/model";
import { rememberReach } from "~/map/reach";
import {
  asText,
  commentsOf,
  fieldsOf,
  LOCAL,
  metaOf,
  type NodeId,
  nodesOf,
  readMark,
  readPlace,
  relationsOf,
} from "~/map/schema";

/** Typing with pauses shorter than this is undone at once. */
const TYPING_PAUSE_MS = 700;

/**
 * The undo of this page's edits. Each command is a step of its own; typing in one text flows
 * together until a pause.
 *
 * Taking back the making of a node that others have used since would take their words away with
 * it. Such a node goes to the trash instead.
 */
export function createUndo(doc: Y.Doc): Y.UndoManager {
  const isBoundary = stepBoundaries();
  const births = new Births(doc);
  let trashed = new Set<NodeId>();
  const undo: Y.UndoManager = new Y.UndoManager(
    [nodesOf(doc), relationsOf(doc), commentsOf(doc), metaOf(doc)],
    {
      trackedOrigins: new Set([LOCAL]),
      captureTimeout: TYPING_PAUSE_MS,
      captureTransaction: (transaction) => {
        if (isBoundary(transaction)) undo.stopCapturing();
        if (transaction.local) births.note(transaction);
        return true;
      },
      deleteFilter: (item) => {
        const id = births.nodeBornWith(item);
        if (id === null || !isUsed(doc, id)) return true;
        if (births.isNode(item)) trash(doc, id, trashed);
        return false;
      },
    },
  );
  rememberReach(doc, undo);
  undo.on("stack-item-popped", () => {
    trashed = new Set();
  });
  return undo;
}

/** Answers whether a transaction begins a new step. */
function stepBoundaries(): (transaction: Y.Transaction) => boolean {
  let typedInto: unknown = null;
  return ({ origin, meta, changed }) => {
    if (origin !== LOCAL) return false;
    const [target] = changed.keys();
    const before = typedInto;
    typedInto = meta.has(STEP) || changed.size !== 1 ? null : target;
    return typedInto === null || typedInto !== before;
  };
}

/** Which parts of a node came into being with it: they go with it, or stay with it. */
class Births {
  /** The clocks of the transaction that made a node. */
  private readonly clocks = new Map<NodeId, { from: number; to: number }>();

  constructor(private readonly doc: Y.Doc) {}

  note({ changed, beforeState, afterState }: Y.Transaction): void {
    const nodes = nodesOf(this.doc);
    const from = beforeState.get(this.doc.clientID) ?? 0;
    const to = afterState.get(this.doc.clientID) ?? 0;
    for (const [type, keys] of changed) {
      if ((type as unknown) !== nodes) continue;
      for (const id of keys) if (id !== null && nodes.has(id)) this.clocks.set(id, { from, to });
    }
  }

  /** The node that an item is, or has been a part of from the beginning. */
  nodeBornWith(item: Y.Item): NodeId | null {
    const node = this.nodeItemOf(item);
    const id = node?.parentSub ?? null;
    const birth = id === null ? undefined : this.clocks.get(id);
    if (!birth) return null;
    // A live place that is undone was the first, though a move and its undo may have renewed it.
    const isPlace = item.parentSub === "place" && item.parent === fieldsOf(this.doc, id ?? "");
    const isBorn = item.id.clock >= birth.from && item.id.clock < birth.to;
    return isPlace || isBorn ? id : null;
  }

  isNode(item: Y.Item): boolean {
    return item.parent === (nodesOf(this.doc) as unknown);
  }

  private nodeItemOf(item: Y.Item): Y.Item | null {
    return itemUnder(item, (parent) => parent === (nodesOf(this.doc) as unknown));
  }
}

/** Whether anything of a node would be missed by others: children, words, links, arrows, comments. */
function isUsed(doc: Y.Doc, id: NodeId): boolean {
  const model = modelOf(doc);
  // The model follows after the transaction; what this undo already took back is out of the document.
  const hasChildren = model
    .ranksUnder(id)
    .some((child) => readPlace(fieldsOf(doc, child.id)?.get("place"))?.parent === id);
  const hasArrows = model.relationsAt(id).some((arrow) => relationsOf(doc).has(arrow.id));
  const hasComments = model.commentsOn(id).some((comment) => commentsOf(doc).has(comment.id));
  if (hasChildren || hasArrows || hasComments) return true;
  const fields = fieldsOf(doc, id);
  return (
    isWrittenByOthers(doc, asText(fields?.get("text"))) ||
    isWrittenByOthers(doc, asText(fields?.get("note"))) ||
    isLinkedByOthers(doc, fields?.get("links"))
  );
}

/** One's own links came with the node, or their own step was taken back before it. */
function isLinkedByOthers(doc: Y.Doc, links: unknown): boolean {
  if (!(links instanceof Y.Map)) return false;
  return [...links._map.values()].some((it) => !it.deleted && it.id.client !== doc.clientID);
}

function isWrittenByOthers(doc: Y.Doc, text: Y.Text | undefined): boolean {
  for (let item = text?._start ?? null; item; item = item.right) {
    if (!item.deleted && item.id.client !== doc.clientID) return true;
  }
  return false;
}

/** Puts a node into the trash; what the same undo has put there of its children, comes with it. */
function trash(doc: Y.Doc, id: NodeId, trashed: Set<NodeId>): void {
  const fields = fieldsOf(doc, id);
  if (!fields || fields.has("deleted")) return;
  for (const child of modelOf(doc).ranksUnder(id)) {
    if (trashed.delete(child.id)) fieldsOf(doc, child.id)?.delete("deleted");
  }
  fields.set("deleted", { at: Date.now(), by: readMark(fields.get("made"))?.by ?? "" });
  trashed.add(id);
}
