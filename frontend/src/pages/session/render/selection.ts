/**
 * Which nodes are selected. One of them is active: keys go to it, and the panel shows it.
 */

import type { NodeId } from "~/map/schema";

/** The selected nodes. */
export class Selection {
  ids: ReadonlySet<NodeId> = new Set();
  active: NodeId | null = null;
  /**
   * Whether the node that was being written in was taken away, and no other one chosen since: the
   * keys that are still to come were meant for it, and for no other.
   */
  isAdrift = false;
  /** Goes up with every change. */
  version = 0;

  constructor(private readonly told: () => void) {}

  /** The selected ids, the active one first. */
  list(): NodeId[] {
    const others = [...this.ids].filter((id) => id !== this.active);
    return this.active === null ? others : [this.active, ...others];
  }

  /** Selects one node, or nothing. */
  only(id: NodeId | null): void {
    if (this.active === id && this.ids.size === (id === null ? 0 : 1)) {
      return;
    }
    this.ids = new Set(id === null ? [] : [id]);
    this.active = id;
    this.changed();
  }

  /** Selects nothing, and takes no keys until something is chosen. */
  setAdrift(): void {
    this.only(null);
    this.isAdrift = true;
  }

  /** Adds a node and makes it the active one. */
  extend(id: NodeId): void {
    this.ids = new Set([...this.ids, id]);
    this.active = id;
    this.changed();
  }

  /** Adds a node, or takes it out. */
  toggle(id: NodeId): void {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) {
      ids.add(id);
    }
    this.ids = ids;
    this.active = ids.has(id) ? id : ([...ids].at(-1) ?? null);
    this.changed();
  }

  /** Selects many; the active one stays if it is among them. */
  all(ids: readonly NodeId[]): void {
    this.ids = new Set(ids);
    if (this.active === null || !this.ids.has(this.active)) {
      this.active = ids[0] ?? null;
    }
    this.changed();
  }

  /** Lets go of nodes that are not shown any more; `instead` says where the selection moves to. */
  keep(isShown: (id: NodeId) => boolean, instead: (id: NodeId) => NodeId | null): void {
    if ([...this.ids].every(isShown)) {
      return;
    }
    const active = this.active;
    const ids = [...this.ids].filter(isShown);
    if (active !== null && !isShown(active)) {
      this.active = ids.at(-1) ?? instead(active);
    }
    this.ids = new Set(this.active === null ? ids : [...ids, this.active]);
    this.changed();
  }

  private changed(): void {
    this.version += 1;
    this.isAdrift = false;
    this.told();
  }
}
