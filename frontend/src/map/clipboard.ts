/** Branches out of a map and into it, as indented text or with all they have. */
import type * as Y from "yjs";
import { formatBranches, parseBranches } from "~/map/branches";
import { type Author, makeNode, makeNodes, placeNodes, step, tick, topMost } from "~/map/edit";
import { type MapModel, modelOf } from "~/map/model";
import { ordersBetween } from "~/map/order";
import { formatOutline, type OutlineItem, type OutlineLine, parseOutline } from "~/map/outlineText";
import { asTarget, fieldsOf, type NodeId, noteOf, ROOT, TEXT_LIMIT } from "~/map/schema";

/** Branches as the clipboard carries them. */
export interface Carried {
  /** For any program: indented text. */
  readonly text: string;
  /** For a map: with all they have of their own. Empty where they come from elsewhere. */
  readonly branches: string;
  /** Lists that another program gave with their levels, which its text may lack. */
  readonly lists?: readonly OutlineItem[] | null;
}

/** Branches as they leave a map. Root's branch is the whole map. */
export function copyBranches(model: MapModel, ids: readonly NodeId[]): Carried {
  const tops = ids.includes(ROOT) ? [ROOT] : topMost(model, ids);
  const lines = tops.flatMap((id) => linesOf(model, id));
  return { text: formatOutline(lines), branches: formatBranches(lines) };
}

/** What came with the clipboard, as an outline: all of it where a map gave it, else lists or text. */
export function readCarried({ text, branches, lists }: Carried): readonly OutlineItem[] {
  return parseBranches(branches) ?? lists ?? parseOutline(text);
}

/** What a node weighs in an edit beside its words, at most. */
const NODE_BYTES = 360;
/** What a link weighs in an edit, at most. */
const LINK_BYTES = 180;
/** What a paste may weigh: one edit is one message, and the server takes 2 MiB of that. */
const PASTE_BYTES = 1_900_000;

/** How many nodes an outline would become, and whether that is more than can be pasted at once. */
export function weighPaste(items: readonly OutlineItem[]): { nodes: number; isTooMuch: boolean } {
  let nodes = 0;
  let bytes = 0;
  const todo = [...items];
  for (let item = todo.pop(); item; item = todo.pop()) {
    nodes++;
    // What does not fit into a node's text stands in its note once more.
    const twice = item.text.length > TEXT_LIMIT ? TEXT_LIMIT : 0;
    bytes += NODE_BYTES + utf8Bytes(item.text) + 3 * twice;
    bytes += utf8Bytes(item.note ?? "") + LINK_BYTES * (item.links?.length ?? 0);
    for (const child of item.children) todo.push(child);
  }
  return { nodes, isTooMuch: bytes > PASTE_BYTES };
}

const utf8 = new TextEncoder();

function utf8Bytes(text: string): number {
  return utf8.encode(text).length;
}

/** Adds an outline as branches at the end of a node's children; gives their top nodes. Whoever may not link pastes without links. */
export function paste(
  doc: Y.Doc,
  author: Author,
  parent: NodeId,
  items: readonly OutlineItem[],
  withLinks = true,
): NodeId[] {
  const model = modelOf(doc);
  const under = model.node(parent) ? parent : ROOT;
  if (items.length === 0) return [];
  return step(doc, () => {
    const allowed = (item: OutlineItem) => (withLinks ? item : { ...item, links: [] });
    const spot = { parent: under, before: null };
    const tops = makeNodes(model, author, spot, items.map(allowed));
    let clock = model.clock + items.length;
    const make = (list: readonly OutlineItem[], above: NodeId, orders: readonly string[]) =>
      list.map((item, n) => {
        clock = tick(clock);
        const place = { parent: above, order: orders[n] ?? "", clock };
        return makeNode(doc, author, place, allowed(item));
      });
    // A list of what is still to do, as a text may be indented deeper than the stack.
    const todo = items.map((item, n) => ({ item, id: tops[n] ?? under }));
    for (let next = todo.pop(); next; next = todo.pop()) {
      const { children } = next.item;
      if (children.length === 0) continue;
      const ids = make(children, next.id, ordersBetween(null, null, children.length));
      children.forEach((item, n) => {
        todo.push({ item, id: ids[n] ?? under });
      });
    }
    return tops;
  });
}

/** Whether these branches are in the trash, all of them. */
export function areDeleted(doc: Y.Doc, ids: readonly NodeId[]): boolean {
  return ids.length > 0 && ids.every((id) => fieldsOf(doc, id)?.has("deleted"));
}

/**
 * Takes branches out of the trash and puts them at the end of a node's children: one step, as to
 * whoever cut and pastes them it is one move.
 */
export function moveOutOfTrash(doc: Y.Doc, ids: readonly NodeId[], parent: NodeId): void {
  const model = modelOf(doc);
  const under = model.node(parent) ? parent : ROOT;
  step(doc, () => {
    for (const id of ids) fieldsOf(doc, id)?.delete("deleted");
    placeNodes(model, ids, { parent: under, before: null });
  });
}

function linesOf(model: MapModel, branch: NodeId): OutlineLine[] {
  const depths = new Map<NodeId, number>();
  return Array.from(model.walk(branch), ({ id, parent, text, kind, colour, links, hasNote }) => {
    const depth = id === branch ? 0 : (depths.get(parent ?? "") ?? 0) + 1;
    depths.set(id, depth);
    const note = hasNote ? (noteOf(model.doc, id)?.toString() ?? "") : "";
    const targets = links.flatMap(({ target, fit }) => {
      const found = asTarget(target);
      return found === null ? [] : [{ target: found, fit }];
    });
    return { depth, text, note, kind, colour, links: targets };
  });
}
