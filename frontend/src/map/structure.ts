/**
 * The resolved tree of a live document, kept up to date. What cannot change where any other node
 * stands (an added leaf, a move in a tree without collisions) is done in place; all else resolves
 * the whole document again.
 */
import { type NodeId, type Place, ROOT } from "~/map/schema";
import { byRank, type Level, orderAt, type Rank, type Resolved, resolve } from "~/map/tree";

/** New places by node: undefined where a node has none, null where the node is gone. */
export type PlaceChanges = ReadonlyMap<NodeId, Place | undefined | null>;

/** What a change did to the tree. */
export interface StructureChange {
  /** Nodes that came, went, or have another parent. */
  readonly moved: ReadonlySet<NodeId>;
  /** Nodes whose list of children is another. */
  readonly regrouped: ReadonlySet<NodeId>;
}

const NONE: readonly NodeId[] = [];
/** From this many changes on, resolving everything is quicker than one after the other. */
const MANY = 64;

/** The tree, deleted branches included. */
export class Structure {
  private places = new Map<NodeId, Place | undefined>();
  private parents = new Map<NodeId, NodeId>();
  private groups = new Map<NodeId, readonly NodeId[]>();
  /** Nodes that do not stand where their place says. */
  private raised: ReadonlyMap<NodeId, Level> = new Map();
  /** Missing nodes that a raised one would stand under, if they came. */
  private wanted = new Set<NodeId>();
  private greatest = 0;

  /** The greatest Lamport clock seen. */
  get clock(): number {
    return this.greatest;
  }

  /** The parent of a node; undefined for root and for unknown nodes. */
  parentOf(id: NodeId): NodeId | undefined {
    return this.parents.get(id);
  }

  /** The children of a node, in order. */
  childrenOf(id: NodeId): readonly NodeId[] {
    return this.groups.get(id) ?? NONE;
  }

  /** A node's sort key among its siblings, as resolved. */
  rankOf(id: NodeId): Rank {
    const level = this.raised.get(id) ?? 0;
    return { level, order: orderAt(this.places.get(id), level), id };
  }

  /** Whether a node stands in the branch of another, or is it. */
  isWithin(id: NodeId, branch: NodeId): boolean {
    for (let at: NodeId | undefined = id; at !== undefined; at = this.parents.get(at)) {
      if (at === branch) return true;
    }
    return false;
  }

  /** Takes the places of a whole document, which are its to keep from then on. */
  open(places: Map<NodeId, Place | undefined>): void {
    this.places = places;
    this.hear(places.values());
    this.take(resolve(places));
  }

  /** Takes changes in and says what they did to the tree. */
  apply(changes: PlaceChanges): StructureChange {
    this.hear(changes.values());
    const moved = new Set<NodeId>();
    const regrouped = new Set<NodeId>();
    const left = changes.size < MANY ? this.applyEach(changes, moved, regrouped) : changes;
    if (left.size > 0) this.resolveAll(left, moved, regrouped);
    return { moved, regrouped };
  }

  private hear(places: Iterable<Place | undefined | null>): void {
    for (const place of places) this.greatest = Math.max(this.greatest, place?.clock ?? 0);
  }

  /** Does what can be done in place, and gives back what cannot. */
  private applyEach(
    changes: PlaceChanges,
    moved: Set<NodeId>,
    regrouped: Set<NodeId>,
  ): PlaceChanges {
    const left = new Map(changes);
    // A branch may come in any order of its nodes, so what has no parent yet waits for a round.
    for (let before = 0; before !== left.size; ) {
      before = left.size;
      for (const [id, place] of left) {
        if (this.applyOne(id, place, moved, regrouped)) left.delete(id);
      }
    }
    return left;
  }

  /** Does one change in place; false where it might change where other nodes stand. */
  private applyOne(
    id: NodeId,
    place: Place | undefined | null,
    moved: Set<NodeId>,
    regrouped: Set<NodeId>,
  ): boolean {
    if (id === ROOT) return false;
    const from = this.parents.get(id);
    if (place === null) {
      if (from !== undefined && (this.raised.size > 0 || this.groups.has(id))) return false;
      this.places.delete(id);
      this.detach(id);
    } else {
      if (!this.canStand(id, place, from)) return false;
      this.detach(id);
      this.places.set(id, place);
      this.attach(id, place?.parent ?? ROOT);
    }
    const to = this.parents.get(id);
    if (from !== to) moved.add(id);
    if (from !== undefined) regrouped.add(from);
    if (to !== undefined) regrouped.add(to);
    return true;
  }

  private canStand(id: NodeId, place: Place | undefined, from: NodeId | undefined): boolean {
    if (place === undefined || !this.places.has(place.parent)) return false;
    return from === undefined
      ? !this.wanted.has(id)
      : this.raised.size === 0 && !this.isWithin(place.parent, id);
  }

  private detach(id: NodeId): void {
    const parent = this.parents.get(id);
    if (parent === undefined) return;
    this.parents.delete(id);
    const rest = this.childrenOf(parent).filter((child) => child !== id);
    if (rest.length > 0) this.groups.set(parent, rest);
    else this.groups.delete(parent);
  }

  private attach(id: NodeId, parent: NodeId): void {
    this.parents.set(id, parent);
    const siblings = this.childrenOf(parent);
    const rank = this.rankOf(id);
    let at = siblings.length;
    while (at > 0 && byRank(rank, this.rankOf(siblings[at - 1] ?? "")) < 0) at--;
    this.groups.set(parent, siblings.toSpliced(at, 0, id));
  }

  private resolveAll(changes: PlaceChanges, moved: Set<NodeId>, regrouped: Set<NodeId>): void {
    for (const [id, place] of changes) {
      if (place === null) this.places.delete(id);
      else this.places.set(id, place);
      // Root has no parent to compare, but it too comes and goes.
      if (id === ROOT) moved.add(id);
    }
    const now = resolve(this.places);
    differences(this.parents, now.parentOf, (a, b) => a === b, moved);
    differences(this.groups, now.childrenOf, sameList, regrouped);
    this.take(now);
  }

  private take({ parentOf, childrenOf, raised }: Resolved): void {
    this.parents = parentOf;
    this.groups = childrenOf;
    this.raised = raised;
    this.wanted = new Set();
    for (const id of raised.keys()) {
      const place = this.places.get(id);
      for (const parent of [place?.parent, place?.was?.parent]) {
        if (parent !== undefined && !this.places.has(parent)) this.wanted.add(parent);
      }
    }
  }
}

/** Whether two lists hold the same in the same order. */
export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, n) => item === b[n]));
}

function differences<V>(
  before: ReadonlyMap<NodeId, V>,
  after: ReadonlyMap<NodeId, V>,
  same: (a: V, b: V) => boolean,
  found: Set<NodeId>,
): void {
  for (const [id, value] of after) {
    const old = before.get(id);
    if (old === undefined || !same(old, value)) found.add(id);
  }
  for (const id of before.keys()) if (!after.has(id)) found.add(id);
}
