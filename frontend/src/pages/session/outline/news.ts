/** What others changed, gathered and put into words for those who hear the map. */
import type { MapModel, ModelChange } from "~/map/model";
import { type NodeId, ROOT } from "~/map/schema";

/** What came, changed and went since it was last told. */
export interface NewsBatch {
  /** How many new ideas there are under each branch, by its text; the branch with most first. */
  readonly added: readonly { branch: string; count: number }[];
  readonly changed: number;
  readonly removed: number;
}

/** Follows the changes of others; one's own are no news. */
export class News {
  private readonly texts = new Map<NodeId, string>();
  private added = new Set<NodeId>();
  private changed = new Set<NodeId>();
  private removed = new Set<NodeId>();

  constructor(private readonly model: MapModel) {
    this.reset();
  }

  /** Takes the map as it is now for known. */
  reset(): void {
    this.texts.clear();
    for (const { id, text } of this.model.walk()) this.texts.set(id, text);
    this.clear();
  }

  /** Whether there is anything to tell. */
  get isEmpty(): boolean {
    return this.added.size + this.changed.size + this.removed.size === 0;
  }

  /** Takes in a change. */
  note({ nodes, remote }: ModelChange): void {
    for (const id of nodes) {
      const now = this.model.node(id)?.text;
      const before = this.texts.get(id);
      if (now === undefined) this.texts.delete(id);
      else this.texts.set(id, now);
      if (!remote || now === before) continue;
      if (now === undefined) this.drop(id);
      else if (before === undefined) this.added.add(id);
      else if (!this.added.has(id)) this.changed.add(id);
    }
  }

  /** What there is to tell, which with that is told. */
  take(): NewsBatch {
    const counts = new Map<NodeId, number>();
    for (const id of this.added) {
      const branch = this.branchOf(id);
      counts.set(branch, (counts.get(branch) ?? 0) + 1);
    }
    const added = [...counts]
      .map(([id, count]) => ({ branch: this.texts.get(id) ?? "", count }))
      .sort((a, b) => b.count - a.count);
    const batch = { added, changed: this.changed.size, removed: this.removed.size };
    this.clear();
    return batch;
  }

  private drop(id: NodeId): void {
    // Made and deleted between two tellings: nobody heard of it.
    if (!this.added.delete(id)) this.removed.add(id);
    this.changed.delete(id);
  }

  /** The main branch that a node stands in; the central topic for a main branch itself. */
  private branchOf(id: NodeId): NodeId {
    let branch = ROOT;
    for (let at = this.model.node(id)?.parent; at && at !== ROOT; at = this.model.node(at)?.parent)
      branch = at;
    return branch;
  }

  private clear(): void {
    this.added = new Set();
    this.changed = new Set();
    this.removed = new Set();
  }
}
