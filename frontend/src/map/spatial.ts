/**
 * What is where: questions about places, answered by walking down the layout's blocks.
 *
 * The blocks are the index: siblings stand in order from top to bottom and a block holds all that
 * is below it, so a walk goes only where the answer can be. Nothing has to be kept up to date when
 * a branch moves.
 */

import type { Box, Layout } from "~/map/layout";
import { at, NONE } from "~/map/slots";

/** A way an arrow key points. */
export type Direction = "up" | "down" | "left" | "right";

/** A node met on the walk. */
export interface Sight {
  readonly slot: number;
  /** 1 right, -1 left of the central topic, 0 for the topic itself. */
  readonly side: number;
  readonly box: Box;
  /** Where the parent's curve starts; for the root its own middle. */
  readonly fromX: number;
  readonly fromY: number;
}

/** Told about each node met; `false` keeps the walk out of its children. */
export type Visitor = (sight: Sight) => boolean | undefined;

/**
 * Visits, parents first, each node of which something can be in view: its block, or the curve that
 * leads to it. Its own box may lie outside.
 */
export function visit(layout: Layout, view: Box, visitor: Visitor): void {
  const { slots, root } = layout;
  const width = at(slots.width, root);
  const height = at(slots.height, root);
  const box = { x: -width / 2, y: -height / 2, width, height };
  const stack: Sight[] = [{ slot: root, side: 0, box, fromX: 0, fromY: 0 }];
  for (let sight = stack.pop(); sight; sight = stack.pop()) {
    if (visitor(sight) === false || !blockMeets(layout, sight, view)) {
      continue;
    }
    const stacks = layout.stacks(sight.slot);
    for (let i = stacks.length - 1; i >= 0; i--) {
      const side = sight.slot === root ? 1 - 2 * i : sight.side;
      pushKids(layout, view, sight, side, stacks[i] as Int32Array, stack);
    }
  }
}

/** The shown node whose box holds the point, with some slack around it. */
export function nodeAt(layout: Layout, x: number, y: number, slack = 0): string | undefined {
  const view = { x: x - slack, y: y - slack, width: slack * 2, height: slack * 2 };
  let found: number | undefined;
  visit(layout, view, ({ slot, box }) => {
    if (meets(box, view)) {
      found = slot;
    }
    return undefined;
  });
  return found === undefined ? undefined : layout.slots.id(found);
}

/** All shown nodes whose box meets the rectangle. */
export function nodesIn(layout: Layout, view: Box): string[] {
  const found: string[] = [];
  visit(layout, view, ({ slot, box }) => {
    if (meets(box, view)) {
      found.push(layout.slots.id(slot));
    }
    return undefined;
  });
  return found;
}

/** Whether two rectangles share a point. */
export function meets(a: Box, b: Box): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}

/** The node an arrow key leads to, as the eye sees the map; undefined where there is none. */
export function neighbour(layout: Layout, id: string, way: Direction): string | undefined {
  const { slots, root } = layout;
  const slot = slots.find(id);
  if (slot === undefined) {
    return undefined;
  }
  if (way === "up" || way === "down") {
    return vertical(layout, slot, way === "down" ? 1 : -1);
  }
  const outward = way === "right" ? 1 : -1;
  if (slot === root) {
    return middleKid(layout, layout.stacks(root)[outward > 0 ? 0 : 1]);
  }
  if (layout.sideOf(slot) === outward) {
    return middleKid(layout, slots.kidsOf(slot));
  }
  return slots.id(at(slots.parent, slot));
}

/** The first or last of the siblings on the same side. */
export function edgeSibling(layout: Layout, id: string, last: boolean): string | undefined {
  const slot = layout.slots.find(id);
  if (slot === undefined) {
    return undefined;
  }
  const siblings = siblingsOf(layout, slot);
  const slotAtEdge = siblings[last ? siblings.length - 1 : 0];
  return slotAtEdge === undefined ? id : layout.slots.id(slotAtEdge);
}

/** The nodes that stand above and below a node in one stack, itself among them. */
export function siblingsOf(layout: Layout, slot: number): Int32Array {
  const parent = at(layout.slots.parent, slot);
  if (parent === NONE) {
    return new Int32Array([slot]);
  }
  const stacks = layout.stacks(parent);
  return stacks.find((kids) => kids.includes(slot)) ?? new Int32Array([slot]);
}

/** Whether anything below a node can be in view. */
function blockMeets(layout: Layout, { slot, side, box }: Sight, view: Box): boolean {
  if (side === 0) {
    return true;
  }
  const { slots } = layout;
  const middle = box.y + box.height / 2;
  const reach = at(slots.reach, slot);
  const x = side > 0 ? box.x : box.x + box.width - reach;
  const y = middle - at(slots.up, slot);
  return meets({ x, y, width: reach, height: middle + at(slots.down, slot) - y }, view);
}

/** Puts those kids on the walk whose block, or whose curve from the parent, can be in view. */
function pushKids(
  layout: Layout,
  view: Box,
  parent: Sight,
  side: number,
  kids: Int32Array,
  stack: Sight[],
): void {
  const { slots } = layout;
  const middle = parent.box.y + parent.box.height / 2;
  const fromX = side > 0 ? parent.box.x + parent.box.width : parent.box.x;
  const inner = parent.side === 0 ? side * layout.step(parent.slot) : innerEdge(layout, parent);
  const top = view.y - middle;
  const bottom = top + view.height;
  // Curves run between parent and kid, so those to kids beyond the view cross it as well.
  const curves = Math.min(fromX, inner) <= view.x + view.width && view.x <= Math.max(fromX, inner);
  const first = curves && top <= 0 ? 0 : firstReaching(layout, kids, top);
  const end = curves && bottom >= 0 ? kids.length : firstBelow(layout, kids, bottom);
  for (let i = end - 1; i >= first; i--) {
    const slot = at(kids, i);
    const width = at(slots.width, slot);
    const height = at(slots.height, slot);
    const y = middle + at(slots.dy, slot) - height / 2;
    const box = { x: side > 0 ? inner : inner - width, y, width, height };
    stack.push({ slot, side, box, fromX, fromY: middle });
  }
}

function innerEdge(layout: Layout, parent: Sight): number {
  const step = layout.step(parent.slot);
  return parent.side > 0 ? parent.box.x + step : parent.box.x + parent.box.width - step;
}

/** Index of the first kid whose block reaches down to `top` (seen from the parent's middle). */
function firstReaching({ slots }: Layout, kids: Int32Array, top: number): number {
  return firstWhere(kids, (kid) => at(slots.dy, kid) + at(slots.down, kid) >= top);
}

/** Index of the first kid whose block begins below `bottom`. */
function firstBelow({ slots }: Layout, kids: Int32Array, bottom: number): number {
  return firstWhere(kids, (kid) => at(slots.dy, kid) - at(slots.up, kid) > bottom);
}

/** Binary search: the first kid that passes, where all after one that passes do too. */
function firstWhere(kids: Int32Array, passes: (kid: number) => boolean): number {
  let low = 0;
  let high = kids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(at(kids, middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function middleKid(layout: Layout, kids: Int32Array | undefined): string | undefined {
  if (!kids || kids.length === 0) {
    return undefined;
  }
  let best = at(kids, 0);
  for (const kid of kids) {
    if (Math.abs(at(layout.slots.dy, kid)) < Math.abs(at(layout.slots.dy, best))) {
      best = kid;
    }
  }
  return layout.slots.id(best);
}

/** Up or down: the next sibling, or the nearest of the same column in the next family. */
function vertical(layout: Layout, slot: number, way: 1 | -1): string | undefined {
  const { slots } = layout;
  let walker = slot;
  let depth = 0;
  for (;;) {
    const parent = at(slots.parent, walker);
    if (parent === NONE) {
      return undefined;
    }
    const siblings = siblingsOf(layout, walker);
    const next = siblings[siblings.indexOf(walker) + way];
    if (next !== undefined) {
      walker = next;
      break;
    }
    walker = parent;
    depth += 1;
  }
  for (; depth > 0; depth--) {
    const kids = slots.kidsOf(walker);
    const kid = kids[way > 0 ? 0 : kids.length - 1];
    if (kid === undefined) {
      break;
    }
    walker = kid;
  }
  return slots.id(walker);
}

/** Whether all of one box is inside the other. */
export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
