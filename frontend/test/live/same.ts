/** Whether documents, and the server's reading of one, are the same. */
import { expect } from "vitest";
import * as Y from "yjs";
import { MapModel } from "~/map/model";
import { noteOf, ROOT } from "~/map/schema";
import type { TreeNode } from "./gapmap";

/**
 * A document's structs and deletions, written by one that read it: how others cut its items does
 * not count, nor does the order of keys in plain objects, which the server's library does not keep.
 */
export function structsOf(doc: Y.Doc): unknown {
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
  const { structs, ds } = Y.decodeUpdate(Y.encodeStateAsUpdate(fresh));
  fresh.destroy();
  const items = structs.map((struct) => {
    const { id, length } = struct;
    if (!(struct instanceof Y.Item)) return { id, length };
    const { origin, rightOrigin, parent, parentSub, content } = struct;
    const kind = content.constructor.name;
    const inside = content.getContent().map((it) => (it instanceof Y.AbstractType ? "type" : it));
    return { id, length, origin, rightOrigin, parent, parentSub, kind, inside };
  });
  return { items, deleted: ds.clients };
}

/** A document's tree as the server's API writes it, without what only the server knows. */
export function treeOf(doc: Y.Doc): TreeNode {
  const model = new MapModel(doc);
  const read = (id: string): TreeNode => {
    const node = model.node(id);
    return {
      id,
      text: node?.text ?? "",
      kind: node?.kind ?? null,
      note: noteOf(doc, id)?.toString() ?? "",
      children: (node?.children ?? []).map(read),
    };
  };
  const tree = read(ROOT);
  model.destroy();
  return tree;
}

/** The same fields of the server's tree. */
export function plain({ id, text, kind, note, children }: TreeNode): TreeNode {
  return { id, text, kind, note, children: children.map(plain) };
}

/** Fails where documents differ in clocks, in what they say, or in any struct. */
export function expectSame(docs: readonly Y.Doc[]): void {
  const [first, ...others] = docs;
  if (!first) return;
  const clocks = (doc: Y.Doc) => new Map(Y.decodeStateVector(Y.encodeStateVector(doc)));
  for (const doc of others) {
    expect(clocks(doc)).toEqual(clocks(first));
    expect(treeOf(doc)).toEqual(treeOf(first));
    expect(structsOf(doc)).toEqual(structsOf(first));
  }
}
