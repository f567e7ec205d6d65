/**
 * Every edit of a map. Each is one transaction of origin LOCAL and one undo step, and each may be
 * asked for when its nodes have just been deleted or moved by somebody else: it then does what is
 * left to do.
 */
import type * as Y from "yjs";
import {
  type Author,
  makeNodes,
  markOf,
  placeNodes,
  type Spot,
  step,
  tick,
  topMost,
} from "~/map/edit";
import { type MapModel, modelOf } from "~/map/model";
import { type Colour, fieldsOf, type Kind, type NodeId, ROOT } from "~/map/schema";

export * from "~/map/annotate";
export * from "~/map/clipboard";
export type { Author } from "~/map/edit";
export * from "~/map/moves";
export { nextReach, type Step, stepsTo } from "~/map/reach";
export { createUndo } from "~/map/undo";

/** Adds a node under `parent`, at its end or before the child that is now number `at`. */
export function addChild(
  doc: Y.Doc,
  author: Author,
  parent: NodeId,
  text = "",
  at?: number,
): NodeId {
  const model = modelOf(doc);
  // Under a node that is gone, the words would be hidden from whoever types them.
  const under = model.node(parent) ? parent : ROOT;
  const before = at === undefined ? null : (model.node(under)?.children[at] ?? null);
  return add(model, author, { parent: under, before }, text);
}

/** Adds a node beside another one; beside root, which stands alone, a child of it. */
export function addSibling(
  doc: Y.Doc,
  author: Author,
  node: NodeId,
  where: "before" | "after",
  text = "",
): NodeId {
  const model = modelOf(doc);
  const parent = model.node(node)?.parent ?? ROOT;
  const spot =
    where === "before"
      ? { parent, before: node, side: model.sideOf(node) }
      : { parent, before: nextSibling(model, node) };
  return add(model, author, spot, text);
}

/** Puts a new node in a node's place, and the node under it. Root gets a child instead. */
export function addParent(doc: Y.Doc, author: Author, node: NodeId): NodeId {
  const model = modelOf(doc);
  const parent = model.node(node)?.parent;
  if (!parent) return addChild(doc, author, ROOT);
  return step(doc, () => {
    const spot = { parent, before: node, side: model.sideOf(node) };
    const [above = ROOT] = makeNodes(model, author, spot, [{ text: "" }]);
    placeNodes(model, [node], { parent: above, before: null }, tick(model.clock));
    return above;
  });
}

/** Sets what nodes are about; null takes it away. */
export function setKind(doc: Y.Doc, ids: readonly NodeId[], kind: Kind | null): void {
  setField(doc, ids, "kind", kind);
}

/** Sets the own colour of nodes; null makes them take their parent's. */
export function setColour(doc: Y.Doc, ids: readonly NodeId[], colour: Colour | null): void {
  setField(doc, ids, "colour", colour);
}

/** Puts branches into the trash. Root stays. */
export function remove(doc: Y.Doc, author: Author, ids: readonly NodeId[]): void {
  const tops = topMost(modelOf(doc), ids);
  step(doc, () => {
    for (const id of tops) fieldsOf(doc, id)?.set("deleted", markOf(author));
  });
}

/** Puts single nodes into the trash; what stood under them takes their place. */
export function removeKeepingChildren(doc: Y.Doc, author: Author, ids: readonly NodeId[]): void {
  const model = modelOf(doc);
  const chosen = new Set(ids);
  step(doc, () => {
    let clock = model.clock;
    for (const top of topMost(model, ids)) {
      const parent = model.node(top)?.parent ?? ROOT;
      const survivors = survivorsOf(model, top, chosen);
      clock = placeNodes(model, survivors, { parent, before: top }, clock);
      fieldsOf(doc, top)?.set("deleted", markOf(author));
    }
  });
}

/** Takes a branch out of the trash. */
export function restore(doc: Y.Doc, id: NodeId): void {
  const fields = fieldsOf(doc, id);
  if (fields?.has("deleted")) step(doc, () => fields.delete("deleted"));
}

/** The sibling that is shown after a node. */
function nextSibling(model: MapModel, id: NodeId): NodeId | null {
  const siblings = model.node(model.node(id)?.parent ?? "")?.children ?? [];
  return siblings[siblings.indexOf(id) + 1] ?? null;
}

function add(model: MapModel, author: Author, spot: Spot, text: string): NodeId {
  const [id = ROOT] = step(model.doc, () => makeNodes(model, author, spot, [{ text }]));
  return id;
}

function setField(doc: Y.Doc, ids: readonly NodeId[], key: string, value: string | null): void {
  step(doc, () => {
    for (const id of ids) {
      const fields = fieldsOf(doc, id);
      if (!fields || (fields.get(key) ?? null) === value) continue;
      if (value === null) fields.delete(key);
      else fields.set(key, value);
    }
  });
}

/** The nodes of a branch that are not chosen, but all above them in it are. */
function survivorsOf(model: MapModel, branch: NodeId, chosen: ReadonlySet<NodeId>): NodeId[] {
  const children = model.node(branch)?.children ?? [];
  return children.flatMap((id) => (chosen.has(id) ? survivorsOf(model, id, chosen) : [id]));
}
