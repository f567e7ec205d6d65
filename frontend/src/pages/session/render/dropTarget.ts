/**
 * Where dragged nodes would land: under which parent, before which of its children.
 */

import { type Box, GAP_COLUMN } from "~/map/layout";
import { type NodeId, ROOT } from "~/map/schema";
import type { Side } from "~/map/sides";
import { nodesIn } from "~/map/spatial";
import type { Point } from "~/pages/session/render/camera";
import type { Scene } from "~/pages/session/render/scene";

/** A place to land. */
export interface DropTarget {
  readonly parent: NodeId;
  /** The child it would stand before; null for the end. */
  readonly before: NodeId | null;
  readonly side: Side;
  /** Inner end of the line that marks the place, in the world. */
  readonly mark: Point;
}

/** How far from a node, in the world, the pointer may be. */
const REACH = 90;
/** From here outwards, seen from the outer edge, a node takes the dragged in as its child. */
const OUTER = 28;

/** The place under a world point, or null where there is none. */
export function dropTarget(
  scene: Scene,
  point: Point,
  dragged: ReadonlySet<NodeId>,
): DropTarget | null {
  const near = nearest(scene, point, dragged);
  if (near === null) {
    return null;
  }
  const { id, box } = near;
  const slot = scene.layout.slots.find(id) ?? scene.layout.root;
  const side: Side = scene.layout.sideOf(slot) || (point.x < 0 ? -1 : 1);
  const beyond = side > 0 ? point.x - (box.x + box.width) : box.x - point.x;
  const share = (point.y - box.y) / box.height;
  const parent = scene.model.node(id)?.parent;
  const inside = beyond > -Math.min(OUTER, box.width / 4) || (share > 0.3 && share < 0.7);
  if (!parent || inside) {
    return inTo(scene, id, box, side, point.y, dragged);
  }
  const before = share < 0.5;
  const mark = {
    x: side > 0 ? box.x : box.x + box.width,
    y: before ? box.y - 5 : box.y + box.height + 5,
  };
  return { parent, before: before ? id : following(scene, id, dragged), side, mark };
}

/** Whether landing there would leave everything as it is. */
export function isSamePlace(scene: Scene, ids: readonly NodeId[], target: DropTarget): boolean {
  const [id] = ids;
  const node = ids.length === 1 && id !== undefined ? scene.model.node(id) : undefined;
  if (!node || node.parent !== target.parent) {
    return false;
  }
  const slot = scene.layout.slots.find(node.id);
  if (target.parent === ROOT && slot !== undefined && scene.layout.sideOf(slot) !== target.side) {
    return false;
  }
  return following(scene, node.id, new Set(ids)) === target.before;
}

function nearest(
  scene: Scene,
  { x, y }: Point,
  dragged: ReadonlySet<NodeId>,
): { id: NodeId; box: Box } | null {
  const around = { x: x - REACH, y: y - REACH, width: REACH * 2, height: REACH * 2 };
  let best: { id: NodeId; box: Box } | null = null;
  let least = REACH;
  for (const id of nodesIn(scene.layout, around)) {
    const box = scene.layout.box(id);
    if (!box || isInside(scene, id, dragged)) {
      continue;
    }
    const dx = Math.max(box.x - x, 0, x - box.x - box.width);
    const dy = Math.max(box.y - y, 0, y - box.y - box.height);
    // Beside a node means "into it", so sideways counts for less than up and down.
    const away = Math.hypot(dx * 0.8, dy * 1.4);
    if (away < least) {
      least = away;
      best = { id, box };
    }
  }
  return best;
}

function isInside(scene: Scene, id: NodeId, dragged: ReadonlySet<NodeId>): boolean {
  for (let up: NodeId | null | undefined = id; up; up = scene.model.node(up)?.parent) {
    if (dragged.has(up)) {
      return true;
    }
  }
  return false;
}

/** The next of a node's siblings that is not dragged. */
function following(scene: Scene, id: NodeId, dragged: ReadonlySet<NodeId>): NodeId | null {
  const siblings = scene.model.node(scene.model.node(id)?.parent ?? "")?.children ?? [];
  return siblings.slice(siblings.indexOf(id) + 1).find((other) => !dragged.has(other)) ?? null;
}

function inTo(
  scene: Scene,
  parent: NodeId,
  box: Box,
  side: Side,
  y: number,
  dragged: ReadonlySet<NodeId>,
): DropTarget {
  const { layout } = scene;
  const outer = side > 0 ? box.x + box.width : box.x;
  const slot = layout.slots.find(parent) ?? layout.root;
  const stacks = layout.stacks(slot);
  const stack = parent === ROOT ? stacks[side > 0 ? 0 : 1] : stacks[0];
  const kids = Array.from(stack ?? [], (kid) => layout.slots.id(kid)).filter(
    (kid) => !dragged.has(kid),
  );
  const boxes = kids.map((kid) => layout.box(kid) as Box);
  const index = boxes.findIndex((kid) => y < kid.y + kid.height / 2);
  const next = index === -1 ? undefined : boxes[index];
  const last = index === -1 ? boxes.at(-1) : boxes[index - 1];
  const inner = next ?? last;
  const x = inner ? (side > 0 ? inner.x : inner.x + inner.width) : outer + side * GAP_COLUMN;
  const top = last ? last.y + last.height + 5 : undefined;
  const middle =
    next && last
      ? (last.y + last.height + next.y) / 2
      : next
        ? next.y - 5
        : (top ?? box.y + box.height / 2);
  const lastId = kids.at(-1);
  const end = lastId === undefined ? null : following(scene, lastId, dragged);
  const before = index === -1 ? end : (kids[index] ?? null);
  return { parent, before, side, mark: { x, y: middle } };
}
