/** Maps for tests: made as the server makes them, and written as indented text. */
import * as Y from "yjs";
import { addChild } from "~/map/commands";
import { MapModel } from "~/map/model";
import { formatOutline, type OutlineItem, parseOutline } from "~/map/outlineText";
import { metaOf, type NodeId, nodesOf, ROOT } from "~/map/schema";

/** Who edits in tests. */
export const AUTHOR = { id: "0190aaaa-0000-7000-8000-000000000001" };
/** Somebody else. */
export const OTHER = { id: "0190aaaa-0000-7000-8000-000000000002" };

/** A document as the server makes it: meta and root. */
export function newMap(title = "Map"): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seed(title));
  return doc;
}

/** A second document of the same map. */
export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/** Gives each document what the others have. */
export function exchange(...docs: Y.Doc[]): void {
  const updates = docs.map((doc) => Y.encodeStateAsUpdate(doc));
  for (const doc of docs) for (const update of updates) Y.applyUpdate(doc, update, "remote");
}

/** A map with these branches under root, and its nodes' ids by text. */
export function mapOf(outline: string): {
  doc: Y.Doc;
  model: MapModel;
  at: (text: string) => NodeId;
} {
  const doc = newMap();
  const model = new MapModel(doc);
  const add = (items: readonly OutlineItem[], parent: NodeId) => {
    for (const { text, children } of items) add(children, addChild(doc, AUTHOR, parent, text));
  };
  add(parseOutline(dedent(outline)), ROOT);
  return { doc, model, at: (text) => idOf(model, text) };
}

/** The id of the only shown node with a text. */
export function idOf(model: MapModel, text: string): NodeId {
  const found = [...model.walk()].filter((node) => node.text === text);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} nodes say "${text}"`);
  return found[0].id;
}

/** What is shown under root as indented text. */
export function outlineOf(model: MapModel): string {
  const lines: { depth: number; text: string }[] = [];
  const visit = (id: NodeId, depth: number) => {
    for (const child of model.node(id)?.children ?? []) {
      lines.push({ depth, text: model.node(child)?.text ?? "?" });
      visit(child, depth + 1);
    }
  };
  visit(ROOT, 0);
  return formatOutline(lines);
}

/** The texts of an outline, with a dot for every level. */
export function dotted(items: readonly OutlineItem[]): string[] {
  const below = (item: OutlineItem) => dotted(item.children).map((text) => `.${text}`);
  return items.flatMap((item) => [item.text, ...below(item)]);
}

/** An outline written inside a test, as {@link outlineOf} writes it. */
export function dedent(outline: string): string {
  const lines = outline.split("\n").filter((line) => line.trim() !== "");
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  const text = lines.map((line) => `${line.slice(margin).replaceAll("  ", "\t")}\n`).join("");
  return text;
}

function seed(title: string): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    metaOf(doc).set("schema", 1);
    metaOf(doc).set("title", title);
    const root = new Y.Map<unknown>();
    root.set("text", new Y.Text(title));
    root.set("note", new Y.Text());
    root.set("links", new Y.Map());
    nodesOf(doc).set(ROOT, root);
  });
  return Y.encodeStateAsUpdate(doc);
}
