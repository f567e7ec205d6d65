/** What a map holds beside its tree: relations (arrows between nodes) and comments. */
import * as Y from "yjs";
import { asString, asText, asWhole, isRecord, type NodeId } from "~/map/schema";

/** An arrow between two nodes that is not the tree. */
export interface Relation {
  readonly id: string;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly label: string;
  readonly by: string;
  readonly at: number;
}

/** A remark on a node. */
export interface Comment {
  readonly id: string;
  readonly node: NodeId;
  readonly by: string;
  readonly at: number;
  readonly text: string;
  readonly done: boolean;
}

/** The relations of a document, whether or not their ends are shown. */
export function readRelations(relations: Y.Map<unknown>): Relation[] {
  const list: Relation[] = [];
  for (const [id, value] of relations) {
    if (!isRecord(value)) continue;
    const { from, to, label, by, at } = value;
    list.push({
      id,
      from: asString(from),
      to: asString(to),
      label: asString(label),
      by: asString(by),
      at: asWhole(at),
    });
  }
  return list.sort(oldestFirst);
}

/** The comments of a document by node, the oldest first. */
export function readComments(comments: Y.Map<Y.Map<unknown>>): Map<NodeId, Comment[]> {
  const list: Comment[] = [];
  for (const [id, fields] of comments) {
    if (!(fields instanceof Y.Map)) continue;
    list.push({
      id,
      node: asString(fields.get("node")),
      by: asString(fields.get("by")),
      at: asWhole(fields.get("at")),
      text: asText(fields.get("text"))?.toString() ?? "",
      done: fields.get("done") === true,
    });
  }
  const byNode = new Map<NodeId, Comment[]>();
  for (const comment of list.sort(oldestFirst)) {
    const others = byNode.get(comment.node);
    if (others) others.push(comment);
    else byNode.set(comment.node, [comment]);
  }
  return byNode;
}

function oldestFirst(a: { at: number; id: string }, b: { at: number; id: string }): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}
