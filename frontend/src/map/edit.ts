/** What every command is made of: one transaction, new nodes, and places between siblings. */
import * as Y from "yjs";
import { rarestColours } from "~/map/colours";
import type { MapModel } from "~/map/model";
import { ordersBetween } from "~/map/order";
import {
  type Colour,
  cut,
  type Fit,
  fieldsOf,
  type Kind,
  type LinkTarget,
  LOCAL,
  type Mark,
  NOTE_LIMIT,
  type NodeId,
  nodesOf,
  type Place,
  ROOT,
  TEXT_LIMIT,
} from "~/map/schema";
import { type Side, sidesOfNew, wordOfSide } from "~/map/sides";

/** Where nodes are put. */
export interface Spot {
  readonly parent: NodeId;
  /** The child of it that they stand before; null for the end. */
  readonly before: NodeId | null;
  /** Under root: the side that they grow on; without it, that where they stood, or what is usual. */
  readonly side?: Side | undefined;
}

/** Who makes an edit. */
export interface Author {
  /** A participant id. */
  readonly id: string;
}

/** Transaction mark of a command, which is an undo step of its own; typing flows together. */
export const STEP = "gapmap step";

const ID_LENGTH = 16;
const ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Transaction mark of a step that does nothing but link or unlink: a round may allow just that. */
export const LINKING = "gapmap linking";

/** Runs one command as one transaction and one undo step. */
export function step<T>(doc: Y.Doc, command: () => T, mark?: string): T {
  return doc.transact((transaction) => {
    transaction.meta.set(STEP, true);
    if (mark !== undefined) transaction.meta.set(mark, true);
    return command();
  }, LOCAL);
}

/** A new random key of a node, relation or comment: 96 bits. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  return Array.from(bytes, (byte) => ID_LETTERS.charAt(byte & 63)).join("");
}

/** The mark of who did something, now. */
export function markOf(author: Author): Mark {
  return { at: Date.now(), by: author.id };
}

/** What a node comes into being with. */
export interface NewNode {
  readonly text: string;
  readonly note?: string;
  readonly kind?: Kind | null;
  readonly colour?: Colour | null;
  readonly links?: readonly LinkTrait[];
}

/** A link that a node comes with. */
export interface LinkTrait {
  readonly target: LinkTarget;
  readonly fit: Fit | null;
}

/**
 * Makes a node, with all its nested types at once. A text over the limit is cut, and stands whole
 * in the note.
 */
export function makeNode(
  doc: Y.Doc,
  author: Author,
  place: Place,
  { text, note = "", kind = null, colour = null, links = [] }: NewNode,
): NodeId {
  const id = newId();
  const fits = text.length <= TEXT_LIMIT;
  const whole = fits ? note : [text, note].filter((part) => part !== "").join("\n\n");
  const fields = new Y.Map<unknown>();
  fields.set("place", place);
  fields.set("text", new Y.Text(fits ? cut(text, TEXT_LIMIT) : `${cut(text, TEXT_LIMIT - 1)}…`));
  fields.set("note", new Y.Text(cut(whole, NOTE_LIMIT)));
  fields.set("links", new Y.Map(links.map((it) => [it.target, linkValue(author, it.fit)])));
  if (kind !== null) fields.set("kind", kind);
  if (colour !== null) fields.set("colour", colour);
  fields.set("made", markOf(author));
  nodesOf(doc).set(id, fields);
  return id;
}

/** What a link says: who linked, when, and how well it fits where that is known. */
export function linkValue(author: Author, fit: Fit | null): unknown {
  return fit === null ? markOf(author) : { fit, ...markOf(author) };
}

/** The Lamport clock of what comes next; it ends where JavaScript can no longer count. */
export function tick(clock: number): number {
  return Math.min(clock + 1, Number.MAX_SAFE_INTEGER);
}

/** `count` orders under a parent, before one of its children or at its end. */
export function ordersUnder(
  model: MapModel,
  parent: NodeId,
  before: NodeId | null,
  count: number,
  leaving: ReadonlySet<NodeId> = new Set(),
): string[] {
  const ranks = model.ranksUnder(parent).filter(({ id, level }) => level < 2 && !leaving.has(id));
  const found = ranks.findIndex(({ id }) => id === before);
  const at = found === -1 ? ranks.length : found;
  const low = ranks[at - 1]?.order ?? null;
  // Siblings that got the same order from two people leave no room between them: step over them.
  const high = ranks.slice(at).find(({ order }) => low === null || order > low)?.order ?? null;
  return ordersBetween(low, high, count);
}

/**
 * Makes nodes under a parent. Main branches get a side, and those without a colour one of their own,
 * so that neighbours look different.
 */
export function makeNodes(
  model: MapModel,
  author: Author,
  spot: Spot,
  nodes: readonly NewNode[],
): NodeId[] {
  const { parent, before } = spot;
  const orders = ordersUnder(model, parent, before, nodes.length);
  const sides = parent === ROOT ? sidesAt(model, spot, nodes.length) : [];
  const colours = parent === ROOT ? coloursOfNew(model, nodes.length) : [];
  return nodes.map((node, n) => {
    const side = sides[n];
    const place = { parent, order: orders[n] ?? "", clock: tick(model.clock + n) };
    const sided = side ? { ...place, side: wordOfSide(side) } : place;
    const colour = node.colour ?? colours[n] ?? null;
    return makeNode(model.doc, author, sided, { ...node, colour });
  });
}

/** The colours of main branches that have none of their own. */
function coloursOfNew(model: MapModel, count: number): Colour[] {
  const shown = model.node(ROOT)?.children ?? [];
  return rarestColours(
    shown.map((id) => model.colourOf(id)),
    count,
  );
}

/** The sides of main branches that are put at a spot. */
function sidesAt(model: MapModel, { before, side }: Spot, count: number): Side[] {
  if (side) return new Array<Side>(count).fill(side);
  const shown = model.node(ROOT)?.children ?? [];
  const at = before === null ? -1 : shown.indexOf(before);
  const sides = shown.map((id) => model.sideOf(id));
  return sidesOfNew(sides, at === -1 ? shown.length : at, count);
}

/**
 * Writes new places for nodes, which then stand under a parent before one of its children; under
 * root on a side, or on that where they stood. Gives the clock of the last one: the model follows
 * only after the transaction, so a second call in the same one must be told.
 */
export function placeNodes(
  model: MapModel,
  ids: readonly NodeId[],
  { parent, before, side }: Spot,
  clock: number = model.clock,
): number {
  const orders = ordersUnder(model, parent, before, ids.length, new Set(ids));
  ids.forEach((id, n) => {
    const was = model.standing(id);
    const place: Place = {
      parent,
      order: orders[n] ?? "",
      clock: tick(clock + n),
      ...(was && { was }),
      ...(parent === ROOT && { side: wordOfSide(side ?? model.sideOf(id)) }),
    };
    fieldsOf(model.doc, id)?.set("place", place);
  });
  return clock + ids.length;
}

/** Of a selection, the shown nodes that are not inside another of it, in the map's order. No root. */
export function topMost(model: MapModel, ids: readonly NodeId[]): NodeId[] {
  const chosen = new Set(ids.filter((id) => id !== ROOT && model.node(id)));
  const isInside = (id: NodeId): boolean => {
    for (const above of model.ancestors(id)) {
      if (chosen.has(above.id)) return true;
    }
    return false;
  };
  const tops = [...chosen].filter((id) => !isInside(id));
  if (tops.length < 2) return tops;
  const top = new Set(tops);
  return Array.from(model.walk(), ({ id }) => id).filter((id) => top.has(id));
}
