/**
 * The tree rule: any merge of concurrent moves resolves to one tree, the same for every reader.
 * The twin of the server's `mindmap::tree`; both run the cases of `tests/fixtures/tree.json`.
 */
import { type NodeId, type Place, ROOT } from "~/map/schema";

/** How far a node was sent back: 0 not at all, 1 to where it was before, 2 to root. */
export type Level = 0 | 1 | 2;

/** A document's places, resolved. The maps are the caller's to keep and to change. */
export interface Resolved {
  /** Every node but root. */
  readonly parentOf: Map<NodeId, NodeId>;
  /** Nodes that have children, with these in order. */
  readonly childrenOf: Map<NodeId, readonly NodeId[]>;
  /** Nodes that do not stand where their place says. */
  readonly raised: Map<NodeId, Level>;
}

/** A node's sort key among its siblings: order, then id, with the homeless (level 2) last. */
export interface Rank {
  readonly level: Level;
  readonly order: string;
  readonly id: NodeId;
}

/** Compares siblings. */
export function byRank(a: Rank, b: Rank): number {
  const last = Number(a.level === 2) - Number(b.level === 2);
  if (last !== 0) return last;
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The order that counts for a node at a level. */
export function orderAt(place: Place | undefined, level: Level): string {
  return (level === 1 ? place?.was?.order : place?.order) ?? "";
}

/** Resolves places to one tree. Linear, but for documents made to be slow. */
export function resolve(places: ReadonlyMap<NodeId, Place | undefined>): Resolved {
  const nodes = new Nodes(places);
  nodes.breakCycles();
  return nodes.resolved();
}

/** The standing of all nodes, by index: ten thousand of them must resolve within a frame. */
class Nodes {
  private readonly ids: NodeId[] = [];
  private readonly places: (Place | undefined)[] = [];
  private readonly indexOf = new Map<NodeId, number>();
  private readonly levels: Uint8Array;
  private readonly parents: Int32Array;
  /** Root's index, or one past the last node while the document has no root. */
  private readonly root: number;

  constructor(places: ReadonlyMap<NodeId, Place | undefined>) {
    places.forEach((place, id) => {
      this.indexOf.set(id, this.ids.length);
      this.ids.push(id);
      this.places.push(place);
    });
    this.root = this.indexOf.get(ROOT) ?? this.ids.length;
    this.levels = new Uint8Array(this.ids.length);
    this.parents = new Int32Array(this.ids.length).fill(this.root);
    for (let node = 0; node < this.ids.length; node++) {
      if (node !== this.root) this.settle(node);
    }
  }

  /** Round by round: a later round's cycles all pass through a node that the round before raised. */
  breakCycles(): void {
    let suspects: Iterable<number> = this.ids.keys();
    const seenBy = new Int32Array(this.ids.length);
    let walk = 0;
    for (;;) {
      const raised: number[] = [];
      const round = walk;
      for (const start of suspects) {
        walk++;
        let node = start;
        while (node !== this.root && (seenBy[node] ?? 0) <= round) {
          seenBy[node] = walk;
          node = this.parents[node] ?? this.root;
        }
        if (node !== this.root && seenBy[node] === walk) raised.push(this.latestInCycle(node));
      }
      if (raised.length === 0) return;
      for (const node of raised) {
        this.levels[node] = (this.levels[node] ?? 0) + 1;
        this.settle(node);
      }
      suspects = raised;
    }
  }

  resolved(): Resolved {
    const { ids, root } = this;
    const parentOf = new Map<NodeId, NodeId>();
    const raised = new Map<NodeId, Level>();
    const groups = new Array<Rank[]>(ids.length + 1);
    for (let node = 0; node < ids.length; node++) {
      if (node === root) continue;
      const parent = this.parents[node] ?? root;
      const level = this.levelAt(node);
      parentOf.set(this.idAt(node), this.idAt(parent));
      if (level > 0) raised.set(this.idAt(node), level);
      const group = groups[parent];
      const rank = this.rankAt(node);
      if (group) group.push(rank);
      else groups[parent] = [rank];
    }
    const childrenOf = new Map<NodeId, readonly NodeId[]>();
    groups.forEach((group, parent) => {
      const children = group.sort(byRank).map(({ id }) => id);
      childrenOf.set(this.idAt(parent), children);
    });
    return { parentOf, childrenOf, raised };
  }

  private idAt(node: number): NodeId {
    return this.ids[node] ?? ROOT;
  }

  private levelAt(node: number): Level {
    return (this.levels[node] ?? 0) as Level;
  }

  private rankAt(node: number): Rank {
    const level = this.levelAt(node);
    return { level, order: orderAt(this.places[node], level), id: this.idAt(node) };
  }

  /** Raises a node until its level is not void, and notes the parent it has there. */
  private settle(node: number): void {
    for (;;) {
      const level = this.levels[node];
      if (level === 2) {
        this.parents[node] = this.root;
        return;
      }
      const place = this.places[node];
      const parent = this.indexOf.get((level === 0 ? place?.parent : place?.was?.parent) ?? "");
      if (parent !== undefined && parent !== node) {
        this.parents[node] = parent;
        return;
      }
      this.levels[node] = (level ?? 0) + 1;
    }
  }

  private latestInCycle(start: number): number {
    let latest = start;
    for (let node = this.parents[start] ?? start; node !== start; ) {
      if (this.isLater(node, latest)) latest = node;
      node = this.parents[node] ?? start;
    }
    return latest;
  }

  private isLater(a: number, b: number): boolean {
    const clockA = this.places[a]?.clock ?? 0;
    const clockB = this.places[b]?.clock ?? 0;
    if (clockA !== clockB) return clockA > clockB;
    return (this.ids[a] ?? "") > (this.ids[b] ?? "");
  }
}
