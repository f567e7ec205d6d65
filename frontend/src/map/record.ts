/** What one node's fields hold, read out of the document: checked, plain and immutable. */
import * as Y from "yjs";
import {
  asText,
  type Colour,
  type Kind,
  type Mark,
  type Place,
  readColour,
  readKind,
  readMark,
  readPlace,
} from "~/map/schema";

/** The fields of a node. */
export interface NodeRecord {
  /** The place as the document holds it: the same object until somebody writes a new one. */
  readonly rawPlace: unknown;
  readonly place: Place | undefined;
  readonly text: string;
  readonly hasNote: boolean;
  readonly kind: Kind | null;
  readonly colour: Colour | null;
  readonly links: readonly string[];
  readonly made: Mark | null;
  readonly deleted: Mark | null;
}

const NO_LINKS: readonly string[] = [];

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
    links: links instanceof Y.Map && links.size > 0 ? [...links.keys()].sort() : NO_LINKS,
    made: readMark(fields.get("made")),
    deleted: readMark(fields.get("deleted")),
  };
}
