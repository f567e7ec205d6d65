/**
 * The live map as a plain tree: what the document says, resolved, without what is deleted.
 *
 * It follows the document change by change: an edit of text costs one node, an added node its
 * siblings. What it hands out is immutable and stays the same object until it changes, so a
 * component may compare by identity.
 */
import * as Y from "yjs";
import { colourOfBranch } from "~/map/colours";
import { type Comment, type Relation, readComments, readRelations } from "~/map/extras";
import { type NodeRecord, readRecord } from "~/map/record";
import {
  asString,
  type Colour,
  commentsOf,
  fieldsOf,
  type Mark,
  metaOf,
  type NodeId,
  nodesOf,
  type Place,
  ROOT,
  relationsOf,
} from "~/map/schema";
import { type Effect, type MapNode, Shown } from "~/map/shown";
import { type Branch, type Side, Sides, sideOfWord } from "~/map/sides";
import { Structure } from "~/map/structure";
import type { Rank } from "~/map/tree";

export type { Comment, Relation } from "~/map/extras";
export type { NodeLink } from "~/map/record";
export type { MapNode } from "~/map/shown";

/** A deleted branch that can be restored. */
export interface TrashEntry {
  /** The branch's top node. */
  readonly id: NodeId;
  readonly text: string;
  readonly deleted: Mark;
  /** Where it would come back to. */
  readonly parent: NodeId;
  /** How many nodes come back with it, itself included. */
  readonly size: number;
}

/** What one transaction changed. */
export interface ModelChange {
  /** Whether nodes came, went, moved or changed places. */
  readonly structure: boolean;
  /** Nodes that came, went or look different, those that inherit a changed colour included. */
  readonly nodes: ReadonlySet<NodeId>;
  /** Whether somebody else made the change. */
  readonly remote: boolean;
  readonly title: boolean;
  readonly relations: boolean;
  readonly comments: boolean;
}

/** The nodes, relations and comments of a live document. */
export class MapModel {
  private readonly records = new Map<NodeId, NodeRecord>();
  private readonly structure = new Structure();
  private readonly shown = new Shown(this.records, this.structure);
  private readonly sides = new Sides();
  private readonly listeners = new Set<(change: ModelChange) => void>();
  private readonly dirty = new Set<NodeId>();
  private readonly stop: () => void;
  private dirtyParts = { title: false, relations: false, comments: false };
  private relationList: readonly Relation[] | null = null;
  private commentLists: ReadonlyMap<NodeId, readonly Comment[]> | null = null;
  private changes = 0;

  constructor(readonly doc: Y.Doc) {
    this.open();
    this.stop = this.watch();
    models.set(doc, this);
  }

  /** Goes up by one with every change that listeners hear of. */
  get version(): number {
    return this.changes;
  }

  /** How many nodes are shown, root included. */
  get size(): number {
    return this.shown.size;
  }

  /** The map's title. */
  get title(): string {
    return asString(metaOf(this.doc).get("title"));
  }

  /** A node that is shown: not deleted, nor in a deleted branch. */
  node(id: NodeId): MapNode | undefined {
    return this.shown.get(id);
  }

  /**
   * The colour a node shows: its own, that of its nearest ancestor that has one, or what its main
   * branch shows by itself. The central topic has none by itself.
   */
  colourOf(id: NodeId): Colour | null {
    let branch: NodeId | null = null;
    for (let node = this.shown.get(id); node; node = this.shown.get(node.parent ?? "")) {
      if (node.colour) return node.colour;
      if (node.parent === ROOT) branch = node.id;
    }
    return branch === null ? null : colourOfBranch(branch);
  }

  /** The side of the central topic that a node's main branch grows on. */
  sideOf(id: NodeId): Side {
    let branch = id;
    for (let up = this.structure.parentOf(id); up !== undefined && up !== ROOT; ) {
      branch = up;
      up = this.structure.parentOf(up);
    }
    return this.sides.of(branch);
  }

  /** The shown nodes of a branch, each before its children, in order. */
  *walk(from: NodeId = ROOT): Generator<MapNode, void, undefined> {
    const stack = [from];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const node = this.shown.get(id);
      if (!node) continue;
      yield node;
      for (let n = node.children.length - 1; n >= 0; n--) stack.push(node.children[n] ?? "");
    }
  }

  /** The nodes above a node, its parent first. */
  *ancestors(id: NodeId): Generator<MapNode, void, undefined> {
    let node = this.shown.get(id);
    while (node?.parent) {
      node = this.shown.get(node.parent);
      if (node) yield node;
    }
  }

  /** Whether a node stands in the branch of another, or is it. */
  isWithin(id: NodeId, branch: NodeId): boolean {
    return this.structure.isWithin(id, branch);
  }

  /** The deleted branches by their top nodes, the latest first; those inside others are not named. */
  trash(): readonly TrashEntry[] {
    const entries: TrashEntry[] = [];
    for (const [id, { deleted, text }] of this.records) {
      const parent = this.structure.parentOf(id);
      if (!deleted || parent === undefined || !this.shown.get(parent)) continue;
      entries.push({ id, text, deleted, parent, size: this.sizeOf(id) });
    }
    return entries.sort((a, b) => b.deleted.at - a.deleted.at || (a.id > b.id ? -1 : 1));
  }

  /** The arrows between shown nodes. */
  relations(): readonly Relation[] {
    this.relationList ??= readRelations(relationsOf(this.doc)).filter(
      ({ from, to }) => this.shown.get(from) && this.shown.get(to),
    );
    return this.relationList;
  }

  /** Those of them that begin or end at a node. */
  relationsAt(id: NodeId): readonly Relation[] {
    return this.relations().filter(({ from, to }) => from === id || to === id);
  }

  /** The comments on a node, the oldest first. */
  commentsOn(id: NodeId): readonly Comment[] {
    this.commentLists ??= readComments(commentsOf(this.doc));
    return this.commentLists.get(id) ?? [];
  }

  /** How many comments wait to be dealt with, for each shown node that has some. */
  openComments(): ReadonlyMap<NodeId, number> {
    this.commentLists ??= readComments(commentsOf(this.doc));
    const counts = new Map<NodeId, number>();
    for (const [id, comments] of this.commentLists) {
      const open = comments.filter(({ done }) => !done).length;
      if (open > 0 && this.shown.get(id)) counts.set(id, open);
    }
    return counts;
  }

  /** All children as resolved, deleted ones included: what a new position must fit between. */
  ranksUnder(parent: NodeId): readonly Rank[] {
    return this.structure.childrenOf(parent).map((id) => this.structure.rankOf(id));
  }

  /** Where a node stands as resolved: what a move writes down as `was`. */
  standing(id: NodeId): { parent: NodeId; order: string } | undefined {
    const parent = this.structure.parentOf(id);
    return parent === undefined ? undefined : { parent, order: this.structure.rankOf(id).order };
  }

  /** The greatest Lamport clock of the document. */
  get clock(): number {
    return this.structure.clock;
  }

  /** Calls `listener` after each transaction that changes anything, at most once for each. */
  subscribe(listener: (change: ModelChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Stops following the document. */
  destroy(): void {
    this.stop();
    this.listeners.clear();
    if (models.get(this.doc) === this) models.delete(this.doc);
  }

  private watch(): () => void {
    const [nodes, meta] = [nodesOf(this.doc), metaOf(this.doc)];
    const [relations, comments] = [relationsOf(this.doc), commentsOf(this.doc)];
    const touch = (id: NodeId) => this.dirty.add(id);
    const onNodes = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) {
        if (event.path.length > 0) this.dirty.add(String(event.path[0]));
        else if (event instanceof Y.YMapEvent) event.keysChanged.forEach(touch);
      }
    };
    const onMeta = (event: Y.YMapEvent<unknown>) => {
      this.dirtyParts.title ||= event.keysChanged.has("title");
    };
    const onRelations = () => {
      this.dirtyParts.relations = true;
      this.relationList = null;
    };
    const onComments = () => {
      this.dirtyParts.comments = true;
      this.commentLists = null;
    };
    const onTransaction = ({ local }: Y.Transaction) => this.refresh(local);
    nodes.observeDeep(onNodes);
    meta.observe(onMeta);
    relations.observe(onRelations);
    comments.observeDeep(onComments);
    this.doc.on("afterTransaction", onTransaction);
    return () => {
      nodes.unobserveDeep(onNodes);
      meta.unobserve(onMeta);
      relations.unobserve(onRelations);
      comments.unobserveDeep(onComments);
      this.doc.off("afterTransaction", onTransaction);
    };
  }

  /** Brings the tree up to the document, and tells what came of it. */
  private refresh(local: boolean): void {
    const parts = this.dirtyParts;
    if (this.dirty.size === 0 && !parts.title && !parts.relations && !parts.comments) return;
    const { structure, nodes } = this.records.size === 0 ? this.open() : this.refreshNodes();
    if (nodes.size === 0 && !parts.title && !parts.relations && !parts.comments) return;
    this.dirtyParts = { title: false, relations: false, comments: false };
    if (structure) this.relationList = null;
    this.changes++;
    const change = { structure, nodes, remote: !local, ...parts };
    for (const listener of [...this.listeners]) listener(change);
  }

  /** Reads a whole map, where nothing was known that it would have to be compared with. */
  private open(): Effect {
    const places = new Map<NodeId, Place | undefined>();
    nodesOf(this.doc).forEach((fields: unknown, id) => {
      if (!(fields instanceof Y.Map)) return;
      const record = readRecord(fields);
      this.records.set(id, record);
      places.set(id, record.place);
    });
    this.dirty.clear();
    this.structure.open(places);
    const effect = this.shown.open();
    this.chooseSides(this.structure.childrenOf(ROOT), effect);
    return effect;
  }

  /** Takes in the nodes that a transaction touched. */
  private refreshNodes(): Effect {
    const places = new Map<NodeId, Place | undefined | null>();
    const placed = new Set<NodeId>();
    const recoloured = new Set<NodeId>();
    for (const id of this.dirty) {
      const before = this.records.get(id);
      const fields = fieldsOf(this.doc, id);
      const now = fields && readRecord(fields, before);
      if (now) this.records.set(id, now);
      else this.records.delete(id);
      if (!now || !before || now.place !== before.place) places.set(id, now ? now.place : null);
      if (!now?.deleted !== !before?.deleted) placed.add(id);
      if (now?.colour !== before?.colour) recoloured.add(id);
    }
    const { moved, regrouped } = this.structure.apply(places);
    for (const id of moved) placed.add(id);
    const effect = this.shown.update({ placed, regrouped, dirty: this.dirty, recoloured });
    this.dirty.clear();
    this.chooseSides(new Set([...places.keys(), ...moved]), effect);
    return effect;
  }

  /** Finds the sides of main branches anew; of changed nodes, and of what follows from them. */
  private chooseSides(changed: Iterable<NodeId>, effect: Effect): void {
    const branchOf = (id: NodeId): Branch | null => {
      if (this.structure.parentOf(id) !== ROOT) return null;
      const { place, made } = this.records.get(id) ?? {};
      return { id, at: made?.at ?? 0, said: place?.side && sideOfWord(place.side) };
    };
    const others = this.sides.update(Array.from(changed, (id) => [id, branchOf(id)]));
    for (const id of others) {
      if (!this.shown.get(id)) continue;
      effect.nodes.add(id);
      effect.structure = true;
    }
  }

  private sizeOf(branch: NodeId): number {
    let size = 0;
    const stack = [branch];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (id !== branch && this.records.get(id)?.deleted) continue;
      size++;
      stack.push(...this.structure.childrenOf(id));
    }
    return size;
  }
}

const models = new WeakMap<Y.Doc, MapModel>();

/** The model of a document: the one that is live, or one made now. */
export function modelOf(doc: Y.Doc): MapModel {
  return models.get(doc) ?? new MapModel(doc);
}
