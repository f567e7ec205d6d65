/**
 * How siblings stand under one another: the inner step of the layout, numbers only.
 */

import { at, NONE, type Slots } from "~/map/slots";

const GAP_BRANCHES = 26;
const GAP_FAMILIES = 14;
const GAP_LEAVES = 10;

/** What a stack of siblings takes up, seen from their parent's middle. */
export interface Extent {
  readonly up: number;
  readonly down: number;
  readonly reach: number;
}

/**
 * Places siblings, whose blocks are known, under one another; the parent's middle comes to stand
 * between the first and the last. Around the central topic (`branches`) the whole stack is
 * centred, so that both sides look balanced.
 */
export function stackKids(slots: Slots, kids: Int32Array, branches: boolean): Extent {
  let y = 0;
  let reach = 0;
  let before = NONE;
  for (const kid of kids) {
    if (before !== NONE) {
      y += branches ? GAP_BRANCHES : gapBetween(slots, before, kid);
    }
    y += at(slots.up, kid);
    slots.dy[kid] = y;
    y += at(slots.down, kid);
    reach = Math.max(reach, at(slots.reach, kid));
    before = kid;
  }
  const first = at(slots.dy, at(kids, 0));
  const last = at(slots.dy, at(kids, kids.length - 1));
  const middle = branches ? y / 2 : (first + last) / 2;
  for (const kid of kids) {
    slots.dy[kid] = at(slots.dy, kid) - middle;
  }
  return { up: middle, down: y - middle, reach };
}

function gapBetween(slots: Slots, above: number, below: number): number {
  const families = slots.kidsOf(above).length > 0 || slots.kidsOf(below).length > 0;
  return families ? GAP_FAMILIES : GAP_LEAVES;
}
