// @vitest-environment node
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { colourOfBranch } from "~/map/colours";
import {
  addChild,
  addComment,
  move,
  remove,
  restore,
  setColour,
  setRelation,
} from "~/map/commands";
import { MapModel, type ModelChange } from "~/map/model";
import { fieldsOf, metaOf, nodesOf, ROOT, textOf } from "~/map/schema";
import { AUTHOR, copyOf, exchange, mapOf, newMap, outlineOf } from "./maps";
import { seeded } from "./random";

it("changes one node object when a text is edited", () => {
  const { doc, model, at } = mapOf("a\nb");
  const [a, b] = [at("a"), at("b")];
  const [nodeB, root] = [model.node(b), model.node(ROOT)];
  const changes = changesOf(model);

  textOf(doc, a)?.insert(1, "bc");

  expect(model.node(a)?.text).toBe("abc");
  expect(model.node(b)).toBe(nodeB);
  expect(model.node(ROOT)).toBe(root);
  expect(changes).toMatchObject([{ structure: false, nodes: new Set([a]), remote: false }]);
});

it("changes the parent and nothing else when a node is added", () => {
  const { doc, model, at } = mapOf("a\n  b\nc");
  const [nodeB, nodeC] = [model.node(at("b")), model.node(at("c"))];
  const changes = changesOf(model);

  const id = addChild(doc, AUTHOR, at("a"), "new");

  expect(changes).toMatchObject([{ structure: true, nodes: new Set([at("a"), id]) }]);
  expect(model.node(at("b"))).toBe(nodeB);
  expect(model.node(at("c"))).toBe(nodeC);
});

it("tells once of a transaction with many changes, and that it came from elsewhere", () => {
  const { doc, model } = mapOf("a");
  const there = copyOf(doc);
  for (const text of ["b", "c", "d"]) addChild(there, AUTHOR, ROOT, text);
  const changes = changesOf(model);

  Y.applyUpdate(doc, Y.encodeStateAsUpdate(there));

  expect(changes).toHaveLength(1);
  expect(changes[0]?.remote).toBe(true);
  expect(outlineOf(model)).toBe("a\nb\nc\nd\n");
});

it("follows the title", () => {
  const { doc, model } = mapOf("a");
  const changes = changesOf(model);

  metaOf(doc).set("title", "Borders");

  expect(model.title).toBe("Borders");
  expect(changes).toMatchObject([{ title: true, structure: false }]);
});

it("leaves a deleted branch out, lists it as trash and shows it again", () => {
  const { doc, model, at } = mapOf("a\n  b\n    c\nd");
  const [a, b] = [at("a"), at("b")];

  remove(doc, AUTHOR, [a]);

  expect(outlineOf(model)).toBe("d\n");
  expect(model.size).toBe(2);
  expect(model.node(b)).toBeUndefined();
  expect(model.trash()).toMatchObject([
    { id: a, text: "a", size: 3, parent: ROOT, deleted: { by: AUTHOR.id } },
  ]);
  restore(doc, a);
  expect(outlineOf(model)).toBe("a\n\tb\n\t\tc\nd\n");
  expect(model.trash()).toEqual([]);
});

it("hides with a deleted branch what others add to it", () => {
  const { doc, model, at } = mapOf("a");
  const there = copyOf(doc);
  addChild(there, AUTHOR, at("a"), "late");

  remove(doc, AUTHOR, [at("a")]);
  exchange(doc, there);

  expect(outlineOf(model)).toBe("");
  expect(model.trash()).toMatchObject([{ text: "a", size: 2 }]);
});

it("names only the outer one of two deleted branches, and the inner one after it came back", () => {
  const { doc, model, at } = mapOf("a\n  b");
  const a = at("a");
  remove(doc, AUTHOR, [at("b")]);
  remove(doc, AUTHOR, [a]);

  expect(model.trash()).toMatchObject([{ text: "a", size: 1 }]);
  restore(doc, a);
  expect(model.trash()).toMatchObject([{ text: "b" }]);
});

it("gives a node the colour of its nearest ancestor, and names all that change with it", () => {
  const { doc, model, at } = mapOf("a\n  b\n    c\n  d");
  setColour(doc, [at("d")], "red");
  const changes = changesOf(model);

  setColour(doc, [at("a")], "green");

  expect(["a", "b", "c", "d"].map((text) => model.colourOf(at(text)))).toEqual([
    "green",
    "green",
    "green",
    "red",
  ]);
  expect(changes[0]?.nodes).toEqual(new Set([at("a"), at("b"), at("c")]));
  expect(changes[0]?.structure).toBe(false);
});

it("shows a main branch that nobody coloured in one colour everywhere, the server's files included", () => {
  const { doc, model, at } = mapOf("a\n  b");
  setColour(doc, [at("a")], null);
  const ids = ["node-00000001", "0195b9e4-0000-7000-8000-000000000001", "n1", "n2"];

  expect(ids.map(colourOfBranch)).toEqual(["green", "yellow", "blue", "orange"]);
  expect(model.colourOf(at("b"))).toBe(colourOfBranch(at("a")));
  expect(model.colourOf(ROOT)).toBeNull();
});

it("resolves two moves that collide like any other reader", () => {
  const { doc, model, at } = mapOf("a\nb");
  const there = copyOf(doc);
  move(doc, [at("a")], at("b"), null);
  move(there, [at("b")], at("a"), null);

  exchange(doc, there);

  expect(model.size).toBe(3);
  expect(outlineOf(model)).toBe(outlineOf(new MapModel(there)));
});

it("shows arrows between shown nodes only, and comments by node", () => {
  const { doc, model, at } = mapOf("a\nb");
  const [a, b] = [at("a"), at("b")];
  setRelation(doc, AUTHOR, a, b, "needs");
  addComment(doc, AUTHOR, a, "why?");

  expect(model.relations()).toMatchObject([{ from: a, to: b, label: "needs" }]);
  expect(model.commentsOn(a)).toMatchObject([{ text: "why?", by: AUTHOR.id, done: false }]);
  remove(doc, AUTHOR, [b]);
  expect(model.relations()).toEqual([]);
});

it("is empty while the document is", () => {
  const model = new MapModel(new Y.Doc());

  expect([...model.walk()]).toEqual([]);
  expect(model.size).toBe(0);
});

it("tells once of a map that arrives after it, of all its nodes and of their sides", () => {
  const { doc, model: there, at } = mapOf("a\n  b\nc\nd\ne");
  remove(doc, AUTHOR, [at("c")]);
  const here = new Y.Doc();
  const model = new MapModel(here);
  const changes = changesOf(model);

  Y.applyUpdate(here, Y.encodeStateAsUpdate(doc));

  const nodes = new Set([ROOT, ...["a", "b", "d", "e"].map(at)]);
  expect(changes).toMatchObject([{ structure: true, nodes, remote: true }]);
  expect(outlineOf(model)).toBe("a\n\tb\nd\ne\n");
  expect(model.trash()).toMatchObject([{ text: "c", size: 1 }]);
  for (const id of nodes) expect(model.sideOf(id)).toBe(there.sideOf(id));
});

it("survives values that no honest client writes", () => {
  const { doc, model, at } = mapOf("a\nb");
  nodesOf(doc).set("odd", 5 as never);
  const fields = fieldsOf(doc, at("a"));
  fields?.set("place", { parent: 7, order: null, clock: "x", was: [] });
  fields?.set("kind", { theme: true });
  fields?.set("links", "none");
  fieldsOf(doc, at("b"))?.set("text", "not shared");

  expect(outlineOf(model)).toBe("\na\n");
});

describe("the model, kept up change by change,", () => {
  it.each([1, 2, 3, 4, 5, 6])("is what it would be if read anew (seed %i)", (seed) => {
    const random = seeded(seed);
    const docs = [newMap()];
    while (docs.length < 3) docs.push(copyOf(docs[0] ?? newMap()));
    const models = docs.map((doc) => new MapModel(doc));

    for (let round = 0; round < 150; round++) {
      const doc = docs[Math.floor(random() * docs.length)] ?? newMap();
      scramble(doc, random);
      if (random() < 0.1) exchange(...docs);
      for (const model of models) expectFresh(model);
    }
  });
});

function changesOf(model: MapModel): ModelChange[] {
  const changes: ModelChange[] = [];
  model.subscribe((change) => changes.push(change));
  return changes;
}

/** One random edit, written without the commands so that cycles and orphans come about. */
function scramble(doc: Y.Doc, random: () => number): void {
  const nodes = nodesOf(doc);
  const pick = () => [...nodes.keys()][Math.floor(random() * nodes.size)] ?? ROOT;
  const place = () => ({
    parent: random() < 0.05 ? `n${Math.floor(random() * 100)}` : pick(),
    order: `a${Math.floor(random() * 9)}`,
    clock: Math.floor(random() * 20),
    ...(random() < 0.5 ? { was: { parent: pick(), order: "a3" } } : {}),
  });
  doc.transact(() => {
    for (let n = 0; n < 1 + random() * 3; n++) {
      const what = random();
      const id = pick();
      if (what < 0.4) {
        const fields = new Y.Map<unknown>();
        fields.set("place", place());
        fields.set("text", new Y.Text("x"));
        nodes.set(`n${Math.floor(random() * 100)}`, fields);
      } else if (id === ROOT) {
        textOf(doc, id)?.insert(0, "r");
      } else if (what < 0.7) fieldsOf(doc, id)?.set("place", place());
      else if (what < 0.75) nodes.delete(id);
      else if (what < 0.85) fieldsOf(doc, id)?.set("deleted", { at: 1, by: "x" });
      else if (what < 0.95) fieldsOf(doc, id)?.delete("deleted");
      else textOf(doc, id)?.insert(0, "y");
    }
  });
}

function expectFresh(model: MapModel): void {
  const fresh = new MapModel(copyOf(model.doc));
  expect([...model.walk()]).toEqual([...fresh.walk()]);
  expect(model.size).toBe(fresh.size);
  expect(model.trash()).toEqual(fresh.trash());
}
