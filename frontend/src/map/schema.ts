/**
 * The names, shapes and fixed words of the map document (schema 1), the twin of the server's
 * `mindmap::schema`. Everything read from a document may have been written by anybody, so the
 * readers here check what they find and never throw.
 */
import * as Y from "yjs";

/** A node's key in the document: random, never a name. */
export type NodeId = string;

/** The central topic. The server makes it with the map; it has no place and is never deleted. */
export const ROOT: NodeId = "root";

/** The schema number this code reads and writes. */
export const SCHEMA = 1;

/** Transaction origin of every edit made in this page by its user; undo follows this one only. */
export const LOCAL = Symbol("gapmap local edit");

/** What a node is about, in the order that pickers offer them. */
export const KINDS = [
  "theme",
  "challenge",
  "gap",
  "need",
  "cause",
  "idea",
  "hint",
  "constraint",
  "question",
  "parked",
] as const;
/** One of {@link KINDS}. */
export type Kind = (typeof KINDS)[number];

/** The palette; a node without a colour takes its parent's. */
export const COLOURS = ["red", "orange", "yellow", "green", "blue", "purple"] as const;
/** One of {@link COLOURS}. */
export type Colour = (typeof COLOURS)[number];

/** How well a gap or solution fits the node that is linked to it. */
export const FITS = ["none", "partial", "good", "full"] as const;
/** One of {@link FITS}. */
export type Fit = (typeof FITS)[number];

/** What a node can be linked to, as the key of the link. */
export type LinkTarget = `gap:${string}` | `solution:${string}`;

/** The longest text of a node or comment that the server takes, in characters. */
export const TEXT_LIMIT = 4_000;
/** The longest note that the server takes, in characters. */
export const NOTE_LIMIT = 100_000;
/** The longest title or label that we write: one value, and one that people read at a glance. */
export const LABEL_LIMIT = 200;

/** The word for a side of the central topic in a place. */
export type SideWord = "left" | "right";

/** Where a node stands: one value, always written whole. */
export interface Place {
  readonly parent: NodeId;
  /** Fractional index among the siblings; plain string comparison sorts it. */
  readonly order: string;
  /** Lamport clock of the move. */
  readonly clock: number;
  /** Where the node stood, resolved, when the move was made. */
  readonly was?: { readonly parent: NodeId; readonly order: string };
  /** Where a main branch grows, seen from the central topic. Absent: it follows (sides.ts). */
  readonly side?: SideWord;
}

/** Who did something, and when. */
export interface Mark {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** A participant id, never a name. */
  readonly by: string;
}

/** The map's own fields: `schema` and `title`. */
export function metaOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("meta");
}

/** Node id to the node's fields. */
export function nodesOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
  return doc.getMap("nodes");
}

/** Relation id to `{from, to, label, by, at}`. */
export function relationsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("relations");
}

/** Comment id to the comment's fields. */
export function commentsOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
  return doc.getMap("comments");
}

/** The fields of one node, or undefined where there is no such node. */
export function fieldsOf(doc: Y.Doc, id: NodeId): Y.Map<unknown> | undefined {
  const fields: unknown = nodesOf(doc).get(id);
  return fields instanceof Y.Map ? fields : undefined;
}

/** The shared text of one node. */
export function textOf(doc: Y.Doc, id: NodeId): Y.Text | undefined {
  return asText(fieldsOf(doc, id)?.get("text"));
}

/** The shared note of one node. */
export function noteOf(doc: Y.Doc, id: NodeId): Y.Text | undefined {
  return asText(fieldsOf(doc, id)?.get("note"));
}

/** A value that should be a shared text. */
export function asText(value: unknown): Y.Text | undefined {
  return value instanceof Y.Text ? value : undefined;
}

/**
 * A value that should be a place. Leniently: a part of the wrong type reads as if it were absent
 * (parent and order as "", clock as 0), so that a broken place still resolves, and the same
 * everywhere.
 */
export function readPlace(value: unknown): Place | undefined {
  if (!isRecord(value)) return undefined;
  const { was, side } = value;
  const place = {
    parent: asString(value.parent),
    order: asString(value.order),
    clock: asWhole(value.clock),
  };
  const knowsSide = side === "left" || side === "right";
  if (!isRecord(was) && !knowsSide) return place; // As most are.
  return { ...place, ...(isRecord(was) && { was: readSpot(was) }), ...(knowsSide && { side }) };
}

/** A value that should be `{at, by}`; null where it is no record at all. */
export function readMark(value: unknown): Mark | null {
  return isRecord(value) ? { at: asWhole(value.at), by: asString(value.by) } : null;
}

/** A value that should be a kind. */
export function readKind(value: unknown): Kind | null {
  return isOneOf(KINDS, value) ? value : null;
}

/** A value that should be a colour of the palette. */
export function readColour(value: unknown): Colour | null {
  return isOneOf(COLOURS, value) ? value : null;
}

/** A value that should say how well something fits. */
export function readFit(value: unknown): Fit | null {
  return isOneOf(FITS, value) ? value : null;
}

/** A text as a target; null where it names nothing that a node can be linked to. */
export function asTarget(text: string): LinkTarget | null {
  return /^(?:gap|solution):[0-9a-f-]{36}$/.test(text) ? (text as LinkTarget) : null;
}

/** A plain object, as Yjs gives for a JSON value. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string, or "" for anything else. */
export function asString(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A whole number from 0 to 2^53 - 1, or the nearest one to what there is; 0 for no number. */
export function asWhole(value: unknown): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return 0;
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.trunc(number)));
}

/**
 * Text as it may go into a document: no longer than `limit`, and well-formed. Half a surrogate pair
 * would stay in this page and be another character everywhere else.
 */
export function cut(text: string, limit: number): string {
  return text
    .slice(0, limit)
    .replace(/[\uD800-\uDBFF]$/, "")
    .replace(/\p{Surrogate}/gu, "\uFFFD");
}

function isOneOf<T>(list: readonly T[], value: unknown): value is T {
  return list.includes(value as T);
}

function readSpot(value: Record<string, unknown>): { parent: NodeId; order: string } {
  return { parent: asString(value.parent), order: asString(value.order) };
}
