/** The tree as the rows of a list: what is inside a folded branch is left out. */
import type { MapModel } from "~/map/model";
import { type NodeId, ROOT } from "~/map/schema";

/** One row, with what a screen reader must be told because the list holds only the rows in view. */
export interface OutlineRow {
  readonly id: NodeId;
  /** 1 for the central topic. */
  readonly level: number;
  /** Its place among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** Null where there is nothing to fold. */
  readonly expanded: boolean | null;
}

/** The rows of a map, top to bottom. */
export function outlineRows(model: MapModel, folded: ReadonlySet<NodeId>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  // A stack of our own: a map may be deeper than the call stack allows.
  const pending = [{ id: ROOT, level: 1, position: 1, siblings: 1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const children = model.node(next.id)?.children;
    if (!children) continue;
    const expanded = children.length === 0 ? null : !folded.has(next.id);
    rows.push({ ...next, expanded });
    if (!expanded) continue;
    const { length } = children;
    for (let n = length - 1; n >= 0; n--) {
      pending.push({
        id: children[n] ?? "",
        level: next.level + 1,
        position: n + 1,
        siblings: length,
      });
    }
  }
  return rows;
}

/** The node itself if it has a row, or else its nearest ancestor that has one; of a deleted one as well. */
export function shownAncestor(
  model: MapModel,
  indexOf: ReadonlyMap<NodeId, number>,
  id: NodeId | null,
): NodeId {
  for (let at = id; at !== null; at = model.standing(at)?.parent ?? null) {
    if (indexOf.has(at)) return at;
  }
  return ROOT;
}

/** The folded ancestors of a node: what must open for it to be seen. */
export function foldedAbove(model: MapModel, folded: ReadonlySet<NodeId>, id: NodeId): NodeId[] {
  return Array.from(model.ancestors(id), (above) => above.id).filter((above) => folded.has(above));
}

/** Everything from this level down that can be folded; level 0 folds nothing. */
export function foldsToLevel(model: MapModel, level: number): Set<NodeId> {
  const folds = new Set<NodeId>();
  if (level < 1) return folds;
  const depths = new Map<NodeId, number>();
  for (const node of model.walk()) {
    const depth = node.parent === null ? 0 : (depths.get(node.parent) ?? 0) + 1;
    depths.set(node.id, depth);
    if (depth >= level && node.children.length > 0) folds.add(node.id);
  }
  return folds;
}

/** Where the selection goes when a node is deleted, and others with it: the next sibling that stays, the one before, or the parent. */
export function neighbourOf(model: MapModel, id: NodeId, going: readonly NodeId[] = [id]): NodeId {
  const parent = model.node(id)?.parent ?? ROOT;
  const siblings = model.node(parent)?.children ?? [];
  const at = siblings.indexOf(id);
  const stays = (sibling: NodeId) => !going.includes(sibling);
  return siblings.slice(at).find(stays) ?? siblings.slice(0, at).findLast(stays) ?? parent;
}
