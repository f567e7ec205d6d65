/** The edits beside the tree: relations between nodes, links to the catalogue, and comments. */
import * as Y from "yjs";
import { type Author, LINKING, linkValue, markOf, newId, step } from "~/map/edit";
import { modelOf } from "~/map/model";
import {
  commentsOf,
  cut,
  type Fit,
  fieldsOf,
  LABEL_LIMIT,
  type LinkTarget,
  type NodeId,
  relationsOf,
  TEXT_LIMIT,
} from "~/map/schema";

/**
 * Draws an arrow between two nodes, or labels the one that is there; without a label it keeps its
 * own. Null where an end is missing or both are the same node.
 */
export function setRelation(
  doc: Y.Doc,
  author: Author,
  from: NodeId,
  to: NodeId,
  label?: string,
): string | null {
  const model = modelOf(doc);
  if (from === to || !model.node(from) || !model.node(to)) return null;
  const there = model.relations().find((it) => it.from === from && it.to === to);
  const id = there?.id ?? newId();
  const short = cut(label ?? there?.label ?? "", LABEL_LIMIT);
  if (there?.label !== short) {
    step(doc, () => relationsOf(doc).set(id, { from, to, label: short, ...markOf(author) }));
  }
  return id;
}

/** Takes an arrow away. */
export function removeRelation(doc: Y.Doc, id: string): void {
  if (relationsOf(doc).has(id)) step(doc, () => relationsOf(doc).delete(id));
}

/** Links a node to a gap or a solution; `fit` says how well it fits. */
export function setLink(
  doc: Y.Doc,
  author: Author,
  node: NodeId,
  target: LinkTarget,
  fit?: Fit,
): void {
  const links = linksOf(doc, node);
  if (links) step(doc, () => links.set(target, linkValue(author, fit ?? null)), LINKING);
}

/** Takes a link away. */
export function removeLink(doc: Y.Doc, node: NodeId, target: LinkTarget): void {
  const links = linksOf(doc, node);
  if (links?.has(target)) step(doc, () => links.delete(target), LINKING);
}

/** Says something about a node, and gives the comment's id. */
export function addComment(doc: Y.Doc, author: Author, node: NodeId, text: string): string {
  const id = newId();
  const { at, by } = markOf(author);
  const fields = new Y.Map<unknown>(
    Object.entries({ node, by, at, text: new Y.Text(cut(text, TEXT_LIMIT)) } as Record<
      string,
      unknown
    >),
  );
  step(doc, () => commentsOf(doc).set(id, fields));
  return id;
}

/** Marks a comment as dealt with, or not. */
export function setCommentDone(doc: Y.Doc, id: string, done: boolean): void {
  const fields = commentsOf(doc).get(id);
  if (!fields || (fields.get("done") === true) === done) return;
  step(doc, () => (done ? fields.set("done", true) : fields.delete("done")));
}

/** Takes a comment away. */
export function removeComment(doc: Y.Doc, id: string): void {
  if (commentsOf(doc).has(id)) step(doc, () => commentsOf(doc).delete(id));
}

function linksOf(doc: Y.Doc, node: NodeId): Y.Map<unknown> | undefined {
  const links = fieldsOf(doc, node)?.get("links");
  return links instanceof Y.Map ? links : undefined;
}
