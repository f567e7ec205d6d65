/** Branches out of a map and into it as indented text. */
import type * as Y from "yjs";
import { type Author, makeNode, makeNodes, step, tick, topMost } from "~/map/edit";
import { type MapModel, modelOf } from "~/map/model";
import { ordersBetween } from "~/map/order";
import { formatOutline, type OutlineItem, parseOutline } from "~/map/outlineText";
import { type NodeId, ROOT, TEXT_LIMIT } from "~/map/schema";

/** Branches as indented text. Root's branch is the whole map. */
export function copyText(model: MapModel, ids: readonly NodeId[]): string {
  const tops = ids.includes(ROOT) ? [ROOT] : topMost(model, ids);
  return formatOutline(tops.flatMap((id) => linesOf(model, id)));
}

/** What a node weighs in an edit beside its words, at most. */
const NODE_BYTES = 360;
/** What a paste may weigh: one edit is one message, and the server takes 2 MiB of that. */
const PASTE_BYTES = 1_900_000;

/** How many nodes a text would become, and whether that is more than can be pasted at once. */
export function weighPaste(text: string): { nodes: number; isTooMuch: boolean } {
  let nodes = 0;
  let bytes = 0;
  const todo = [...parseOutline(text)];
  for (let item = todo.pop(); item; item = todo.pop()) {
    nodes++;
    // What does not fit into a node's text stands in its note once more.
    const twice = item.text.length > TEXT_LIMIT ? TEXT_LIMIT : 0;
    bytes += NODE_BYTES + utf8Bytes(item.text) + 3 * twice;
    for (const child of item.children) todo.push(child);
  }
  return { nodes, isTooMuch: bytes > PASTE_BYTES };
}

const utf8 = new TextEncoder();

function utf8Bytes(text: string): number {
  return utf8.encode(text).length;
}

/** Adds indented text as branches at the end of a node's children; gives their top nodes. */
export function paste(doc: Y.Doc, author: Author, parent: NodeId, indentedText: string): NodeId[] {
  const model = modelOf(doc);
  const under = model.node(parent) ? parent : ROOT;
  const items = parseOutline(indentedText);
  if (items.length === 0) return [];
  return step(doc, () => {
    const texts = items.map((item) => item.text);
    const tops = makeNodes(model, author, { parent: under, before: null }, texts);
    let clock = model.clock + items.length;
    const make = (list: readonly OutlineItem[], above: NodeId, orders: readonly string[]) =>
      list.map((item, n) => {
        clock = tick(clock);
        const place = { parent: above, order: orders[n] ?? "", clock };
        return makeNode(doc, author, place, item.text);
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

function linesOf(model: MapModel, branch: NodeId): { depth: number; text: string }[] {
  const depths = new Map<NodeId, number>();
  return Array.from(model.walk(branch), ({ id, parent, text }) => {
    const depth = id === branch ? 0 : (depths.get(parent ?? "") ?? 0) + 1;
    depths.set(id, depth);
    return { depth, text };
  });
}
