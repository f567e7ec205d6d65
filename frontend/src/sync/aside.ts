/**
 * Work that cannot go into the map any more: it was refused, or made on a history that the map no
 * longer has. Histories are never merged, so what is kept of it are its words, for its author to
 * take over by hand.
 */
import * as Y from "yjs";
import { readComments } from "~/map/extras";
import { modelOf } from "~/map/model";
import { asText, commentsOf, type NodeId, nodesOf, noteOf, textOf } from "~/map/schema";
import { openOfflineStore } from "~/sync/offline";
import type { Entry } from "~/sync/outbox";

/** What its author wrote in one place. */
export interface AsideText {
  readonly node: NodeId;
  /** The text that stood above it. */
  readonly under: string;
  readonly text: string;
  readonly note: string;
}

/** The keys of the nodes and comments that a transaction touches. */
export function touchedBy({ changed, doc }: Y.Transaction): Set<string> {
  const roots = new Set<unknown>([nodesOf(doc), commentsOf(doc)]);
  const touched = new Set<string>();
  for (const [type, keys] of changed) {
    if (roots.has(type)) for (const key of keys) touched.add(key ?? "");
    let item = type._item;
    while (item && !roots.has(item.parent)) {
      item = item.parent instanceof Y.AbstractType ? item.parent._item : null;
    }
    if (item?.parentSub) touched.add(item.parentSub);
  }
  return touched;
}

/** What unsent work says, in the map's order. `doc` is the document it was made in. */
export function wordsIn(doc: Y.Doc, unsent: readonly Entry[]): AsideText[] {
  // Some of it may be from another tab, and not in this document yet.
  for (const { update } of unsent) Y.applyUpdate(doc, update);
  const touched = new Set(unsent.flatMap((entry) => entry.touched));
  const model = modelOf(doc);
  const texts: AsideText[] = [];
  for (const { id, parent, text } of model.walk()) {
    if (!touched.has(id)) continue;
    const note = noteOf(doc, id)?.toString() ?? "";
    if (text === "" && note === "") continue;
    texts.push({ node: id, under: model.node(parent ?? "")?.text ?? "", text, note });
  }
  for (const [id, fields] of commentsOf(doc)) {
    if (!touched.has(id) || !(fields instanceof Y.Map)) continue;
    const node = model.node(String(fields.get("node")));
    const text = asText(fields.get("text"))?.toString() ?? "";
    texts.push({ node: node?.id ?? "", under: node?.text ?? "", text, note: "" });
  }
  return texts;
}

/**
 * What this browser keeps of a map that may no longer be opened: words that never reached the
 * server, be they unsent or set aside.
 */
export async function keptWords(map: string): Promise<readonly AsideText[]> {
  const store = await openOfflineStore(map);
  try {
    const kept = await store.load();
    if (!kept) return [];
    const doc = new Y.Doc();
    for (const update of kept.updates) Y.applyUpdate(doc, update);
    return [...wordsIn(doc, kept.entries), ...store.aside];
  } finally {
    await store.close();
  }
}

/** Those of the texts that a document does not say already, each once. */
export function stillMissing(texts: readonly AsideText[], doc: Y.Doc): AsideText[] {
  const seen = new Set<string>();
  return texts.filter(({ node, text, note }) => {
    const key = JSON.stringify([node, text, note]);
    if (seen.has(key)) return false;
    seen.add(key);
    const isSaid = textOf(doc, node)?.toString() === text || isComment(doc, node, text);
    return !(isSaid && (note === "" || noteOf(doc, node)?.toString() === note));
  });
}

function isComment(doc: Y.Doc, node: NodeId, text: string): boolean {
  const comments = readComments(commentsOf(doc)).get(node) ?? [];
  return comments.some((comment) => comment.text === text);
}
