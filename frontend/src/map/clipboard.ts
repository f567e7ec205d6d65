/** Branches out of a map and into it as indented text. */
import type * as Y from "yjs";
import { type Author, makeNode, ordersUnder, step, tick, topMost } from "~/map/edit";
import { type MapModel, modelOf } from "~/map/model";
import { ordersBetween } from "~/map/order";
import { formatOutline, type OutlineItem, parseOutline } from "~/map/outlineText";
import { type NodeId, ROOT } from "~/map/schema";

/** Branches as indented text. Root's branch is the whole map. */
export function copyText(model: MapModel, ids: readonly NodeId[]): string {
  const tops = ids.includes(ROOT) ? [ROOT] : topMost(model, ids);
  return formatOutline(tops.flatMap((id) => linesOf(model, id)));
}

/** Adds indented text as branches at the end of a node's children; gives their top nodes. */
export function paste(doc: Y.Doc, author: Author, parent: NodeId, indentedText: string): NodeId[] {
  const model = modelOf(doc);
  const under = model.node(parent) ? parent : ROOT;
  const items = parseOutline(indentedText);
  if (items.length === 0) return [];
  return step(doc, () => {
    let clock = model.clock;
    const make = (list: readonly OutlineItem[], above: NodeId, orders: readonly string[]) =>
      list.map((item, n) => {
        clock = tick(clock);
        const place = { parent: above, order: orders[n] ?? "", clock };
        return makeNode(doc, author, place, item.text);
      });
    const tops = make(items, under, ordersUnder(model, under, null, items.length));
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
