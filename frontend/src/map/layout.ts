/**
 * Where each shown node stands: a tidy tree on both sides of the central topic.
 *
 * Knows ids, sizes and order, nothing of texts, Yjs or the screen. Every subtree owns a band of its
 * own (a block), and each position is kept relative to the parent. So a subtree is moved by writing
 * one number, a change costs the branch it is in and the way up from there, and what did not move
 * is not touched. World coordinates: the middle of the central topic is (0, 0), y grows downwards.
 */

import type { Side } from "~/map/sides";
import { at, NONE, Slots } from "~/map/slots";
import { stackKids } from "~/map/stack";

/** Width and height of a node's box. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in world coordinates. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** What the layout asks about the map. */
export interface LayoutInput {
  readonly root: string;
  /** Children that are shown, in order: none for a folded node. */
  children(id: string): readonly string[];
  size(id: string, level: number): Size;
  /** The side of the central topic that a main branch grows on. */
  side(id: string): Side;
}

/** From a node's outer edge to its children: where the curves run. */
export const GAP_COLUMN = 44;
const GAP_FIRST_COLUMN = 76;
const NO_STACKS: readonly Int32Array[] = [];

/** The incremental layout of one map. */
export class Layout {
  /** The columns of numbers, for whoever walks all blocks (spatial.ts). */
  readonly slots = new Slots();
  private readonly input: LayoutInput;
  private rootSlot = NONE;
  /** The root's children right and left of it, each from top to bottom. */
  private halves: readonly [Int32Array, Int32Array] = [new Int32Array(0), new Int32Array(0)];

  constructor(input: LayoutInput) {
    this.input = input;
    this.rebuild();
  }

  /** Slot of the central topic. */
  get root(): number {
    return this.rootSlot;
  }

  /** How many nodes are shown. */
  get size(): number {
    return this.slots.size;
  }

  /** Lays everything out anew. */
  rebuild(): void {
    this.slots.clear();
    this.rootSlot = this.slots.add(this.input.root, NONE);
    this.addBelow(this.rootSlot);
    this.splitHalves();
    const order = this.measureBelow(this.rootSlot);
    for (let i = order.length - 1; i >= 0; i--) {
      this.computeBlock(order[i] as number);
    }
  }

  /**
   * Brings the layout up to date after the named nodes changed in size, children or parent.
   * A node that is not shown may be named too.
   */
  refresh(changed: Iterable<string>): void {
    const { slots } = this;
    const touched = new Set<number>();
    for (const id of changed) {
      const slot = slots.find(id);
      if (slot !== undefined) {
        touched.add(slot);
        this.touchParent(slot, touched);
      }
    }
    // First all parents and children, then what follows from them: while some nodes still hold
    // their old children, a walk down could go round in a circle.
    const arrived = new Set<number>();
    const orphans = new Set<number>();
    for (const slot of touched) {
      this.readChildren(slot, touched, arrived, orphans);
    }
    for (const slot of orphans) {
      if (at(slots.parent, slot) === NONE && slots.id(slot) !== "") {
        this.dropSubtree(slot);
      }
    }
    this.splitHalves();
    const dirty = new Set<number>();
    for (const slot of arrived) {
      if (slots.id(slot) !== "") {
        this.measureBelow(slot, dirty);
      }
    }
    for (const slot of touched) {
      if (slots.id(slot) !== "") {
        this.measure(slot);
        dirty.add(slot);
      }
    }
    this.settle(dirty);
  }

  /** The lists of children that stand under one another: two for the root, one for each other parent. */
  stacks(slot: number): readonly Int32Array[] {
    if (slot === this.rootSlot) {
      return this.halves;
    }
    const kids = this.slots.kidsOf(slot);
    return kids.length > 0 ? [kids] : NO_STACKS;
  }

  /** The side of the root a node is on; 0 for the root itself. */
  sideOf(slot: number): Side | 0 {
    let walker = slot;
    while (at(this.slots.level, walker) > 1) {
      walker = at(this.slots.parent, walker);
    }
    return at(this.slots.side, walker) as Side | 0;
  }

  /** A node's box in world coordinates, or undefined while it is not shown. */
  box(id: string): Box | undefined {
    const slot = this.slots.find(id);
    return slot === undefined ? undefined : this.boxOf(slot);
  }

  /** The box of a slot in world coordinates. */
  boxOf(slot: number): Box {
    const { slots } = this;
    const width = at(slots.width, slot);
    const height = at(slots.height, slot);
    if (slot === this.rootSlot) {
      return { x: -width / 2, y: -height / 2, width, height };
    }
    const side = this.sideOf(slot);
    let y = 0;
    let out = 0;
    for (let walker = slot; walker !== this.rootSlot; ) {
      const parent = at(slots.parent, walker);
      y += at(slots.dy, walker);
      out += this.step(parent);
      walker = parent;
    }
    return { x: side < 0 ? -out - width : out, y: y - height / 2, width, height };
  }

  /** From a node's inner edge to its children's inner edges (from the middle, for the root). */
  step(slot: number): number {
    const width = at(this.slots.width, slot);
    return slot === this.rootSlot ? width / 2 + GAP_FIRST_COLUMN : width + GAP_COLUMN;
  }

  /** The smallest rectangle that holds every shown node. */
  bounds(): Box {
    const { slots, rootSlot } = this;
    const half = at(slots.width, rootSlot) / 2;
    const [right, left] = this.halves.map((kids) => {
      let out = half;
      for (const kid of kids) {
        out = Math.max(out, this.step(rootSlot) + at(slots.reach, kid));
      }
      return out;
    }) as [number, number];
    const up = at(slots.up, rootSlot);
    return { x: -left, y: -up, width: left + right, height: up + at(slots.down, rootSlot) };
  }

  /** Reads a node's size, and says whether it is another than before. */
  private measure(slot: number): boolean {
    const { slots } = this;
    const { width, height } = this.input.size(slots.id(slot), at(slots.level, slot));
    const changed = width !== at(slots.width, slot) || height !== at(slots.height, slot);
    slots.width[slot] = width;
    slots.height[slot] = height;
    return changed;
  }

  private touchParent(slot: number, touched: Set<number>): void {
    const parent = at(this.slots.parent, slot);
    if (parent !== NONE) {
      touched.add(parent);
    }
  }

  /** Makes slots for everything below a node that has none yet. */
  private addBelow(top: number, touched?: Set<number>): void {
    const { slots } = this;
    const stack = [top];
    for (let slot = stack.pop(); slot !== undefined; slot = stack.pop()) {
      const ids = this.input.children(slots.id(slot));
      if (ids.length === 0) {
        continue; // A leaf, as most are; a new slot has no kids.
      }
      const kids = new Int32Array(ids.length);
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] as string;
        const known = slots.find(id);
        if (known === undefined) {
          kids[i] = slots.add(id, slot);
          stack.push(at(kids, i));
        } else {
          kids[i] = known;
          if (touched) {
            this.touchParent(known, touched);
          }
          slots.parent[known] = slot;
        }
      }
      slots.kids[slot] = kids;
    }
  }

  /** Reads a node's children again: keeps, takes in, makes; those left out become orphans. */
  private readChildren(
    slot: number,
    touched: Set<number>,
    arrived: Set<number>,
    orphans: Set<number>,
  ): void {
    const { slots } = this;
    const ids = this.input.children(slots.id(slot));
    const old = slots.kidsOf(slot);
    const kids = new Int32Array(ids.length);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as string;
      let kid = slots.find(id);
      if (kid === undefined) {
        kid = slots.add(id, slot);
        this.addBelow(kid, touched);
        arrived.add(kid);
      } else if (at(slots.parent, kid) !== slot) {
        this.touchParent(kid, touched);
        slots.parent[kid] = slot;
        arrived.add(kid);
      }
      kids[i] = kid;
    }
    const kept = new Set(kids);
    for (const kid of old) {
      if (!kept.has(kid) && at(slots.parent, kid) === slot) {
        slots.parent[kid] = NONE;
        orphans.add(kid);
      }
    }
    slots.kids[slot] = kids;
  }

  /** Sets level and size from a node down, and returns all of them, parents before children. */
  private measureBelow(top: number, dirty?: Set<number>): number[] {
    const { slots } = this;
    const order = [top];
    for (let i = 0; i < order.length; i++) {
      const slot = order[i] as number;
      const parent = at(slots.parent, slot);
      slots.level[slot] = parent === NONE ? 0 : at(slots.level, parent) + 1;
      if (this.measure(slot)) {
        dirty?.add(slot);
      }
      for (const kid of slots.kidsOf(slot)) {
        order.push(kid);
      }
    }
    return order;
  }

  private dropSubtree(top: number): void {
    const { slots } = this;
    const stack = [top];
    for (let slot = stack.pop(); slot !== undefined; slot = stack.pop()) {
      for (const kid of slots.kidsOf(slot)) {
        if (at(slots.parent, kid) === slot) {
          stack.push(kid);
        }
      }
      slots.remove(slot);
    }
  }

  private splitHalves(): void {
    const { slots } = this;
    const kids = slots.kidsOf(this.rootSlot);
    for (const kid of kids) {
      slots.side[kid] = this.input.side(slots.id(kid));
    }
    this.halves = [
      kids.filter((kid) => at(slots.side, kid) > 0),
      kids.filter((kid) => at(slots.side, kid) < 0),
    ];
  }

  /** Computes the blocks of the dirty nodes, and upwards as far as blocks change. */
  private settle(dirty: Set<number>): void {
    const { slots } = this;
    const levels: Set<number>[] = [];
    const put = (slot: number): void => {
      const level = at(slots.level, slot);
      let set = levels[level];
      if (!set) {
        set = new Set();
        levels[level] = set;
      }
      set.add(slot);
    };
    dirty.forEach(put);
    for (let level = levels.length - 1; level >= 0; level--) {
      for (const slot of levels[level] ?? []) {
        if (this.computeBlock(slot) && slot !== this.rootSlot) {
          put(at(slots.parent, slot));
        }
      }
    }
  }

  /** Stacks a node's children and says whether its own block changed by that. */
  private computeBlock(slot: number): boolean {
    const { slots } = this;
    const half = at(slots.height, slot) / 2;
    let up = half;
    let down = half;
    let beyond = 0;
    for (const kids of this.stacks(slot)) {
      if (kids.length > 0) {
        const extent = stackKids(slots, kids, slot === this.rootSlot);
        up = Math.max(up, extent.up);
        down = Math.max(down, extent.down);
        beyond = Math.max(beyond, this.step(slot) + extent.reach);
      }
    }
    const reach = Math.max(at(slots.width, slot), beyond);
    const moved =
      up !== at(slots.up, slot) || down !== at(slots.down, slot) || reach !== at(slots.reach, slot);
    slots.up[slot] = up;
    slots.down[slot] = down;
    slots.reach[slot] = reach;
    return moved;
  }
}
