/** What one node's fields hold, read out of the document: checked, plain and immutable. */
import * as Y from "yjs";
import {
  asString,
  asText,
  asWhole,
  type Colour,
  type Fit,
  isRecord,
  type Kind,
  type Mark,
  type Place,
  readColour,
  readFit,
  readKind,
  readMark,
  readPlace,
} from "~/map/schema";

/** What a node is linked to. */
export interface NodeLink {
  /** `gap:<uuid>` or `solution:<uuid>`. */
  readonly target: string;
  /** How well it fits, where somebody has said so. */
  readonly fit: Fit | null;
  /** Who linked it, and when. */
  readonly by: string;
  readonly at: number;
}

/** The fields of a node. */
export interface NodeRecord {
  /** The place as the document holds it: the same object until somebody writes a new one. */
  readonly rawPlace: unknown;
  readonly place: Place | undefined;
  readonly text: string;
  readonly hasNote: boolean;
  readonly kind: Kind | null;
  readonly colour: Colour | null;
  readonly links: readonly NodeLink[];
  readonly made: Mark | null;
  readonly deleted: Mark | null;
}

const NO_LINKS: readonly NodeLink[] = [];

/** Reads a node; `before` is what it held last, so that an unchanged place stays the same object. */
export function readRecord(fields: Y.Map<unknown>, before?: NodeRecord): NodeRecord {
  const rawPlace = fields.get("place");
  const links = fields.get("links");
  return {
    rawPlace,
    place: before && before.rawPlace === rawPlace ? before.place : readPlace(rawPlace),
    text: asText(fields.get("text"))?.toString() ?? "",
    hasNote: (asText(fields.get("note"))?.length ?? 0) > 0,
    kind: readKind(fields.get("kind")),
    colour: readColour(fields.get("colour")),
    links: links instanceof Y.Map ? readLinks(links) : NO_LINKS,
    made: readMark(fields.get("made")),
    deleted: readMark(fields.get("deleted")),
  };
}

/** In the order of their targets, which is the same for everybody. */
function readLinks(links: Y.Map<unknown>): readonly NodeLink[] {
  const list: NodeLink[] = [];
  links.forEach((value, target) => {
    const said = isRecord(value) ? value : {};
    list.push({ target, fit: readFit(said.fit), by: asString(said.by), at: asWhole(said.at) });
  });
  if (list.length === 0) return NO_LINKS;
  return list.sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** Whether nothing about a node's links is different. */
export function sameLinks(a: readonly NodeLink[], b: readonly NodeLink[]): boolean {
  return (
    a.length === b.length &&
    a.every((link, n) => {
      const other = b[n];
      return (
        link.target === other?.target &&
        link.fit === other.fit &&
        link.by === other.by &&
        link.at === other.at
      );
    })
  );
}
