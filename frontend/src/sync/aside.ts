/**
 * Work that cannot go into the map any more: it was refused, or made on a history that the map no
 * longer has. Histories are never merged, so what is kept of it are its words, for its author to
 * take over by hand.
 */
import * as Y from "yjs";
import { readComments, readRelations } from "~/map/extras";
import { itemUnder } from "~/map/items";
import { type MapModel, modelOf } from "~/map/model";
import {
  asString,
  asText,
  commentsOf,
  fieldsOf,
  type NodeId,
  nodesOf,
  noteOf,
  readMark,
  relationsOf,
  textOf,
} from "~/map/schema";
import type { Kept } from "~/sync/kept";
import type { Entry } from "~/sync/outbox";

/** What its author wrote in one place. */
export interface AsideText {
  readonly node: NodeId;
  /** The text that stood above it. */
  readonly under: string;
  readonly text: string;
  readonly note: string;
}

/** The keys of the nodes, arrows and comments that a transaction touches. */
export function touchedBy({ changed, doc }: Y.Transaction): Set<string> {
  const roots = new Set<unknown>([nodesOf(doc), relationsOf(doc), commentsOf(doc)]);
  const touched = new Set<string>();
  for (const [type, keys] of changed) {
    if (roots.has(type)) for (const key of keys) touched.add(key ?? "");
    const key = itemUnder(type._item, (parent) => roots.has(parent))?.parentSub;
    if (key) touched.add(key);
  }
  return touched;
}

/**
 * What unsent work says, in the map's order. `doc` is the document it was made in, `author` whose it
 * is. What others deleted meanwhile is hidden in the map, and is its author's all the same.
 */
export function wordsIn(doc: Y.Doc, unsent: readonly Entry[], author: string | null): AsideText[] {
  // Some of it may be from another tab, and not in this document yet.
  for (const { update } of unsent) Y.applyUpdate(doc, update);
  const touched = new Set(unsent.flatMap((entry) => entry.touched));
  const model = modelOf(doc);
  const texts: AsideText[] = [];
  const say = (node: NodeId, above: NodeId | undefined, text: string, note = "") => {
    if (text === "" && note === "") return;
    texts.push({ node, under: wordsOf(textOf(doc, above ?? "")), text, note });
  };
  for (const id of new Set([...Array.from(model.walk(), ({ id }) => id), ...touched])) {
    if (!touched.has(id) || isThrownAway(model, id, author)) continue;
    say(id, model.standing(id)?.parent, wordsOf(textOf(doc, id)), wordsOf(noteOf(doc, id)));
  }
  for (const { id, from, label } of readRelations(relationsOf(doc))) {
    if (touched.has(id)) say(from, from, label);
  }
  for (const [id, fields] of commentsOf(doc)) {
    if (!touched.has(id) || !(fields instanceof Y.Map)) continue;
    const node = asString(fields.get("node"));
    say(node, node, wordsOf(asText(fields.get("text"))));
  }
  for (const { update, touched } of unsent) {
    say(touched[0] ?? "", undefined, lettersOutside(doc, update));
  }
  return texts;
}

/** All that a document says, as one edit: for when it is the document itself that is given up. */
export function wholeOf(doc: Y.Doc): Entry {
  const touched = [nodesOf(doc), relationsOf(doc), commentsOf(doc)].flatMap((it) => [...it.keys()]);
  return { key: "", update: Y.encodeStateAsUpdate(doc), touched };
}

/** What is touched by edits that are in the document by now. */
export function touching(keys: Iterable<string>): Entry {
  return { key: "", update: NOTHING, touched: [...keys] };
}

/** An update that changes nothing. */
const NOTHING = Y.encodeStateAsUpdate(new Y.Doc());

/** Whether an edit builds on something that this document lacks, so that it is not in it. */
export function isOutside(doc: Y.Doc, update: Uint8Array): boolean {
  return structsOutside(doc, update).length > 0;
}

function structsOutside(doc: Y.Doc, update: Uint8Array) {
  const isHere = ({ client, clock }: Y.ID) => clock < Y.getState(doc.store, client);
  return Y.decodeUpdate(update).structs.filter(({ id }) => !isHere(id));
}

/** What was written in such an edit: no node can be named for it, and its letters are its author's. */
function lettersOutside(doc: Y.Doc, update: Uint8Array): string {
  const contents = structsOutside(doc, update).map((it) => it instanceof Y.Item && it.content);
  return contents.map((it) => (it instanceof Y.ContentString ? it.str : "")).join("");
}

/** Whether a node's author has put it into the trash, alone or with its branch. */
function isThrownAway(model: MapModel, id: NodeId, author: string | null): boolean {
  for (let at: NodeId | undefined = id; at !== undefined; at = model.standing(at)?.parent) {
    const deleted = readMark(fieldsOf(model.doc, at)?.get("deleted"));
    if (deleted && deleted.by === author) return true;
  }
  return false;
}

function wordsOf(text: Y.Text | undefined): string {
  return text?.toString() ?? "";
}

/** What is said in what was kept and never reached the server. */
export function unsentIn({ updates, entries, participant }: Kept): AsideText[] {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return wordsIn(doc, entries, participant);
}

/** Those of the texts that a document does not say already, each once. */
export function stillMissing(texts: readonly AsideText[], doc: Y.Doc): AsideText[] {
  const seen = new Set<string>();
  return texts.filter(({ node, text, note }) => {
    const key = JSON.stringify([node, text, note]);
    if (seen.has(key)) return false;
    seen.add(key);
    const isSaid = textOf(doc, node)?.toString() === text || isBeside(doc, node, text);
    return !(isSaid && (note === "" || noteOf(doc, node)?.toString() === note));
  });
}

/** Whether a comment on a node, or an arrow from it, says this. */
function isBeside(doc: Y.Doc, node: NodeId, text: string): boolean {
  const comments = readComments(commentsOf(doc)).get(node) ?? [];
  const arrows = readRelations(relationsOf(doc)).filter(({ from }) => from === node);
  return (
    comments.some((comment) => comment.text === text) || arrows.some(({ label }) => label === text)
  );
}
