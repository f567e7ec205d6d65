/** Undo of one's own changes: what others did meanwhile stays. */
import * as Y from "yjs";
import { STEP } from "~/map/edit";
import { modelOf } from "~/map/model";
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
/** Without one of these a node would not be whole. */
const ESSENTIALS: ReadonlySet<string | null> = new Set(["place", "text", "note", "links", "made"]);

/**
 * The undo of this page's edits. Each command is a step of its own; typing in one text flows
 * together until a pause.
 *
 * Taking back the making of a node that others have used since would take their words away with
 * it. Such a node goes to the trash instead, without what its maker wrote in it.
 */
export function createUndo(doc: Y.Doc): Y.UndoManager {
  const boundary = stepBoundaries();
  const undo: Y.UndoManager = new Y.UndoManager(
    [nodesOf(doc), relationsOf(doc), commentsOf(doc), metaOf(doc)],
    {
      trackedOrigins: new Set([LOCAL]),
      captureTimeout: TYPING_PAUSE_MS,
      captureTransaction: (transaction) => {
        if (boundary(transaction)) undo.stopCapturing();
        return true;
      },
      deleteFilter: (item) => mayDelete(doc, item),
    },
  );
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

function mayDelete(doc: Y.Doc, item: Y.Item): boolean {
  const owner = nodeItemOf(doc, item);
  if (!owner?.parentSub) return true;
  const isNode = item === owner;
  const isEssential = item.parent === fieldsOf(doc, owner.parentSub) && isEssentialKey(item);
  if (!(isNode || isEssential) || !isUsed(doc, owner.parentSub)) return true;
  if (isNode) trash(doc, owner.parentSub);
  return false;
}

function isEssentialKey(item: Y.Item): boolean {
  return ESSENTIALS.has(item.parentSub);
}

/** The item that holds the node of which another item is a part. */
function nodeItemOf(doc: Y.Doc, item: Y.Item): Y.Item | null {
  const nodes: unknown = nodesOf(doc);
  let at: Y.Item | null = item;
  while (at && at.parent !== nodes) {
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null;
  }
  return at;
}

/** Whether anything of a node would be missed by others: children, words, links, comments. */
function isUsed(doc: Y.Doc, id: NodeId): boolean {
  const model = modelOf(doc);
  // The model follows after the transaction; what this undo already took back is out of the document.
  const hasChildren = model
    .ranksUnder(id)
    .some((child) => readPlace(fieldsOf(doc, child.id)?.get("place"))?.parent === id);
  if (hasChildren || model.commentsOn(id).some((comment) => commentsOf(doc).has(comment.id))) {
    return true;
  }
  const fields = fieldsOf(doc, id);
  const links = fields?.get("links");
  return (
    isWrittenByOthers(doc, asText(fields?.get("text"))) ||
    isWrittenByOthers(doc, asText(fields?.get("note"))) ||
    (links instanceof Y.Map && links.size > 0)
  );
}

function isWrittenByOthers(doc: Y.Doc, text: Y.Text | undefined): boolean {
  for (let item = text?._start ?? null; item; item = item.right) {
    if (!item.deleted && item.id.client !== doc.clientID) return true;
  }
  return false;
}

function trash(doc: Y.Doc, id: NodeId): void {
  const fields = fieldsOf(doc, id);
  const by = readMark(fields?.get("made"))?.by ?? "";
  if (!fields?.has("deleted")) fields?.set("deleted", { at: Date.now(), by });
}
