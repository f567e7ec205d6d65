/**
 * The flat store under the layout: one slot of a few typed arrays a shown node.
 *
 * Knows numbers only. A slot keeps its number for as long as its node is shown, so that whoever
 * draws can key on it; a freed slot is used again.
 */

/** Any of the typed arrays that hold a column. */
export type Column = Int8Array | Int32Array | Float64Array;

/** No slot: the parent of the root, or of a node that was taken out. */
export const NONE = -1;

const EMPTY = new Int32Array(0);

/** Reads a column where the index is known to be in range, so that callers get a plain number. */
export function at(column: Column, index: number): number {
  return column[index] as number;
}

/** The columns of all shown nodes. Positions are relative to the parent (see layout.ts). */
export class Slots {
  /** Node id of each slot; the empty string where the slot is free. */
  readonly ids: string[] = [];
  /** Shown children in order. */
  readonly kids: Int32Array[] = [];
  parent = new Int32Array(0);
  level = new Int32Array(0);
  /** 1 right, -1 left; meaningful on the root's children only, the rest inherit it. */
  side = new Int8Array(0);
  width = new Float64Array(0);
  height = new Float64Array(0);
  /** How far the node's block (it and all below it) reaches above and below its middle. */
  up = new Float64Array(0);
  down = new Float64Array(0);
  /** How far the block reaches outwards from the node's inner edge. */
  reach = new Float64Array(0);
  /** The node's middle, seen from its parent's middle. */
  dy = new Float64Array(0);

  private readonly slots = new Map<string, number>();
  private readonly free: number[] = [];

  /** How many nodes are shown. */
  get size(): number {
    return this.slots.size;
  }

  /** The slot of a shown node. */
  find(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** Makes a slot for a node that has none. */
  add(id: string, parent: number): number {
    const slot = this.free.pop() ?? this.ids.length;
    if (this.parent.length <= slot) {
      this.grow(Math.max(64, slot * 2));
    }
    this.ids[slot] = id;
    this.kids[slot] = EMPTY;
    this.parent[slot] = parent;
    this.level[slot] = this.side[slot] = 0;
    this.width[slot] = this.height[slot] = 0;
    this.up[slot] = this.down[slot] = this.reach[slot] = this.dy[slot] = 0;
    this.slots.set(id, slot);
    return slot;
  }

  /** Gives a slot back. */
  remove(slot: number): void {
    this.slots.delete(this.id(slot));
    this.ids[slot] = "";
    this.kids[slot] = EMPTY;
    this.parent[slot] = NONE;
    this.free.push(slot);
  }

  /** Forgets everything, keeping the memory. */
  clear(): void {
    this.slots.clear();
    this.free.length = 0;
    this.ids.length = 0;
    this.kids.length = 0;
  }

  /** The node in a slot. */
  id(slot: number): string {
    return this.ids[slot] ?? "";
  }

  /** The shown children of a slot, in order. */
  kidsOf(slot: number): Int32Array {
    return this.kids[slot] ?? EMPTY;
  }

  private grow(capacity: number): void {
    this.parent = wider(this.parent, new Int32Array(capacity));
    this.level = wider(this.level, new Int32Array(capacity));
    this.side = wider(this.side, new Int8Array(capacity));
    this.width = wider(this.width, new Float64Array(capacity));
    this.height = wider(this.height, new Float64Array(capacity));
    this.up = wider(this.up, new Float64Array(capacity));
    this.down = wider(this.down, new Float64Array(capacity));
    this.reach = wider(this.reach, new Float64Array(capacity));
    this.dy = wider(this.dy, new Float64Array(capacity));
  }
}

function wider<T extends Column>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
