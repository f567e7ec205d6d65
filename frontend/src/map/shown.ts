/** The nodes that a reader of the map sees: those that are neither deleted nor below a deleted one. */
import { type NodeLink, type NodeRecord, sameLinks } from "~/map/record";
import { type Colour, type Kind, type Mark, type NodeId, ROOT } from "~/map/schema";
import { type Structure, sameList } from "~/map/structure";

/** One node as it is shown. The same object until something about it changes. */
export interface MapNode {
  readonly id: NodeId;
  /** Null for root only. */
  readonly parent: NodeId | null;
  /** In order, without the deleted. */
  readonly children: readonly NodeId[];
  readonly text: string;
  readonly hasNote: boolean;
  readonly kind: Kind | null;
  /** The node's own; a node without one takes its nearest ancestor's. */
  readonly colour: Colour | null;
  /** What the node is linked to. */
  readonly links: readonly NodeLink[];
  readonly made: Mark | null;
}

/** What changed in the document, as far as it may show. */
export interface Disturbance {
  /** Nodes that came, went, have another parent, were deleted or restored. */
  readonly placed: ReadonlySet<NodeId>;
  /** Nodes whose list of children is another. */
  readonly regrouped: Iterable<NodeId>;
  /** Nodes of which any field changed. */
  readonly dirty: Iterable<NodeId>;
  /** Nodes whose own colour changed. */
  readonly recoloured: ReadonlySet<NodeId>;
}

/** What changed on the screen. */
export interface Effect {
  /** Whether nodes came, went or changed places. */
  structure: boolean;
  /** Nodes that came, went or look different. */
  readonly nodes: Set<NodeId>;
}

/** The shown nodes by id. */
export class Shown {
  private readonly nodes = new Map<NodeId, MapNode>();

  constructor(
    private readonly records: ReadonlyMap<NodeId, NodeRecord>,
    private readonly structure: Structure,
  ) {}

  /** How many there are. */
  get size(): number {
    return this.nodes.size;
  }

  /** One of them. */
  get(id: NodeId): MapNode | undefined {
    return this.nodes.get(id);
  }

  /** Shows all of a map, of which nothing was shown. */
  open(): Effect {
    const effect: Effect = { structure: false, nodes: new Set() };
    this.show(ROOT, effect);
    return effect;
  }

  /** Follows a change of records and structure. */
  update({ placed, regrouped, dirty, recoloured }: Disturbance): Effect {
    if (this.nodes.size === 0) return this.open();
    const effect: Effect = { structure: false, nodes: new Set() };
    const isVisible = this.visibility();
    // Hiding comes first: a node that left a branch which is now hidden is shown again after it.
    for (const id of placed) if (this.nodes.has(id) && !isVisible(id)) this.hide(id, effect);
    if (placed.has(ROOT)) this.show(ROOT, effect);
    for (const id of placed) if (!this.nodes.has(id) && isVisible(id)) this.show(id, effect);
    // What was shown just now is made anew already, with all below it.
    const fresh = new Set(effect.nodes);
    const reparented = [...placed].filter(
      (id) => this.nodes.get(id)?.parent !== (this.structure.parentOf(id) ?? null),
    );
    const parents = [...placed].map((id) => this.structure.parentOf(id) ?? ROOT);
    for (const id of new Set([...placed, ...parents, ...regrouped, ...dirty])) {
      if (!fresh.has(id)) this.rebuild(id, effect);
    }
    for (const id of reparented) this.recolour(id, effect);
    for (const id of recoloured) if (!fresh.has(id)) this.recolour(id, effect);
    return effect;
  }

  /** Answers whether a node is visible, remembering the answers for all on the way up to root. */
  private visibility(): (id: NodeId) => boolean {
    const known = new Map<NodeId, boolean>([["", false]]);
    return (id) => {
      const path: NodeId[] = [];
      let at = id;
      while (!known.has(at)) {
        path.push(at);
        const record = this.records.get(at);
        if (at === ROOT || !record || record.deleted) {
          known.set(at, at === ROOT && record !== undefined);
        } else {
          at = this.structure.parentOf(at) ?? "";
        }
      }
      const visible = known.get(at) ?? false;
      for (const passed of path) known.set(passed, visible);
      return visible;
    };
  }

  private show(branch: NodeId, effect: Effect): void {
    const stack = [branch];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const node = this.nodes.has(id) ? undefined : this.build(id);
      if (!node) continue;
      this.nodes.set(id, node);
      effect.nodes.add(id);
      effect.structure = true;
      for (const child of node.children) stack.push(child);
    }
  }

  private hide(branch: NodeId, effect: Effect): void {
    const stack = [branch];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const node = this.nodes.get(id);
      if (!node) continue;
      this.nodes.delete(id);
      effect.nodes.add(id);
      effect.structure = true;
      for (const child of node.children) stack.push(child);
    }
  }

  private rebuild(id: NodeId, effect: Effect): void {
    const before = this.nodes.get(id);
    const now = before && this.build(id, before);
    if (!now || now === before) return;
    this.nodes.set(id, now);
    effect.nodes.add(id);
    if (now.parent !== before.parent || now.children !== before.children) effect.structure = true;
  }

  /** A node's colour shows on all below it, down to those that have their own. */
  private recolour(branch: NodeId, effect: Effect): void {
    const stack = [branch];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const node = this.nodes.get(id);
      if (!node || (node.colour && id !== branch)) continue;
      effect.nodes.add(id);
      for (const child of node.children) stack.push(child);
    }
  }

  private build(id: NodeId, before?: MapNode): MapNode | undefined {
    const record = this.records.get(id);
    if (!record) return undefined;
    const there = this.structure.childrenOf(id);
    const isDeleted = (child: NodeId) => !!this.records.get(child)?.deleted;
    const children = there.some(isDeleted) ? there.filter((child) => !isDeleted(child)) : there;
    const { text, hasNote, kind, colour, links, made } = record;
    const now: MapNode = {
      id,
      parent: this.structure.parentOf(id) ?? null,
      children: before && sameList(before.children, children) ? before.children : children,
      text,
      hasNote,
      kind,
      colour,
      links: before && sameLinks(before.links, links) ? before.links : links,
      made: before?.made && isSameMark(before.made, made) ? before.made : made,
    };
    return before && isSame(before, now) ? before : now;
  }
}

function isSame(a: MapNode, b: MapNode): boolean {
  return (Object.keys(a) as (keyof MapNode)[]).every((key) => a[key] === b[key]);
}

function isSameMark(a: Mark, b: Mark | null): boolean {
  return a.at === b?.at && a.by === b.by;
}
