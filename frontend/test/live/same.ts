/** Whether documents, and the server's reading of one, are the same. */
import { expect } from "vitest";
import * as Y from "yjs";
import { MapModel } from "~/map/model";
import { noteOf, ROOT } from "~/map/schema";
import type { TreeNode } from "./gapmap";

/** A document's bytes, written by one that read it: how others cut its items does not count. */
export function bytesOf(doc: Y.Doc): string {
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
  const bytes = Y.encodeStateAsUpdate(fresh);
  fresh.destroy();
  return Buffer.from(bytes).toString("base64");
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

/** Fails where documents differ in clocks, in bytes, or in what they say. */
export function expectSame(docs: readonly Y.Doc[]): void {
  const [first, ...others] = docs;
  if (!first) return;
  const clocks = (doc: Y.Doc) => new Map(Y.decodeStateVector(Y.encodeStateVector(doc)));
  for (const doc of others) {
    expect(clocks(doc)).toEqual(clocks(first));
    expect(treeOf(doc)).toEqual(treeOf(first));
    expect(bytesOf(doc)).toBe(bytesOf(first));
  }
}
