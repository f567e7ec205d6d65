// @vitest-environment node
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  addChild,
  addParent,
  addSibling,
  createUndo,
  demote,
  move,
  moveDown,
  moveUp,
  promote,
  remove,
  removeKeepingChildren,
  setColour,
  setKind,
  setLink,
  setRelation,
} from "~/map/commands";
import { MapModel } from "~/map/model";
import { fieldsOf, LOCAL, noteOf, ROOT, readPlace, TEXT_LIMIT } from "~/map/schema";
import { AUTHOR, copyOf, dedent, exchange, mapOf, newMap, outlineOf } from "./maps";

const MAP = `
a
  b
  c
  d
e
  f
`;

function expectOutline(model: MapModel, outline: string): void {
  expect(outlineOf(model)).toBe(dedent(outline));
}

it("a new node has all its shared parts, and says who made it and when", () => {
  const { doc, model } = mapOf("");
  const id = addChild(doc, AUTHOR, ROOT, "Drones");

  const fields = fieldsOf(doc, id);

  expect(fields?.get("note")).toBeInstanceOf(Y.Text);
  expect(fields?.get("links")).toBeInstanceOf(Y.Map);
  expect(model.node(id)?.made).toMatchObject({ by: AUTHOR.id });
  expect(Math.abs(Date.now() - (model.node(id)?.made?.at ?? 0))).toBeLessThan(60_000);
  expect(id).toMatch(/^[\w-]{16}$/);
});

it("a text over the limit is cut, and stands whole in the note", () => {
  const { doc, model } = mapOf("");
  const text = `${"x".repeat(TEXT_LIMIT - 2)}😀 and more`;

  const id = addChild(doc, AUTHOR, ROOT, text);

  expect(model.node(id)?.text).toBe(`${"x".repeat(TEXT_LIMIT - 2)}…`);
  expect(noteOf(doc, id)?.toString()).toBe(text);
});

describe("a new node stands", () => {
  it("as a child, at the end or where it was asked for", () => {
    const { doc, model, at } = mapOf(MAP);
    addChild(doc, AUTHOR, at("a"), "last");
    addChild(doc, AUTHOR, at("a"), "second", 1);

    expectOutline(model, "a\n  b\n  second\n  c\n  d\n  last\ne\n  f");
  });

  it("before or after its sibling", () => {
    const { doc, model, at } = mapOf(MAP);
    addSibling(doc, AUTHOR, at("c"), "before", "1");
    addSibling(doc, AUTHOR, at("c"), "after", "2");
    addSibling(doc, AUTHOR, ROOT, "after", "3");

    expectOutline(model, "a\n  b\n  1\n  c\n  2\n  d\ne\n  f\n3");
  });

  it("as a parent, in the place of the node", () => {
    const { doc, model, at } = mapOf(MAP);
    const above = addParent(doc, AUTHOR, at("c"));

    expect(model.node(at("a"))?.children[1]).toBe(above);
    expect(model.node(above)?.children).toEqual([at("c")]);
  });

  it("under root where its parent has just been deleted", () => {
    const { doc, model, at } = mapOf(MAP);
    const a = at("a");
    remove(doc, AUTHOR, [a]);

    addChild(doc, AUTHOR, a, "kept");

    expectOutline(model, "e\n  f\nkept");
  });
});

it("a main branch comes with the colour that the fewest have, and goes with it", () => {
  const { doc, model } = mapOf("a\nb\n  c\nd");
  const undo = createUndo(doc);
  addSibling(doc, AUTHOR, model.node(ROOT)?.children[2] ?? "", "before", "e");

  const colours = [...model.walk()].map(({ text, colour }) => [text, colour]).slice(1);
  expect(colours).toEqual([
    ["a", "blue"],
    ["b", "orange"],
    ["c", null],
    ["e", "purple"],
    ["d", "green"],
  ]);
  undo.undo();
  expectOutline(model, "a\nb\n  c\nd");
});

describe("a move", () => {
  it("keeps the order of what is selected, and takes what is nested along", () => {
    const { doc, model, at } = mapOf(MAP);

    expect(move(doc, [at("f"), at("d"), at("e"), at("b")], at("c"), null)).toBe(true);

    expectOutline(model, "a\n  c\n    b\n    d\n    e\n      f");
  });

  it("goes before the node it is dropped on, also when that one moves too", () => {
    const { doc, model, at } = mapOf(MAP);
    move(doc, [at("b"), at("f")], at("a"), at("b"));

    expectOutline(model, "a\n  b\n  f\n  c\n  d\ne");
  });

  it("into its own branch is refused", () => {
    const { doc, model, at } = mapOf(MAP);

    expect(move(doc, [at("a")], at("b"), null)).toBe(false);
    expect(move(doc, [at("a"), at("f")], at("a"), null)).toBe(false);
    expect(move(doc, [ROOT], at("a"), null)).toBe(false);
    expectOutline(model, MAP);
  });

  it("that changes nothing writes nothing", () => {
    const { doc, at } = mapOf(MAP);
    const before = Y.encodeStateVector(doc);

    expect(move(doc, [at("b"), at("c")], at("a"), at("d"))).toBe(false);

    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  it("writes a greater clock than any it sees, and where the node stood", () => {
    const { doc, model, at } = mapOf(MAP);
    const clock = model.clock;
    const was = model.standing(at("b"));

    move(doc, [at("b")], at("e"), null);

    const place = readPlace(fieldsOf(doc, at("b"))?.get("place"));
    expect(place).toMatchObject({ parent: at("e"), clock: clock + 1, was });
  });

  it("lands between neighbours to which two people gave one order", () => {
    const { doc, model, at } = mapOf("a\nb\nc\nd");
    const spot = readPlace(fieldsOf(doc, at("b"))?.get("place"));
    fieldsOf(doc, at("c"))?.set("place", spot);

    move(doc, [at("a")], ROOT, at("d"));

    expect(model.node(ROOT)?.children.slice(2)).toEqual([at("a"), at("d")]);
  });
});

describe("with the keyboard", () => {
  it.each([
    ["up", moveUp, ["c", "d"], "a\n  c\n  d\n  b\ne\n  f"],
    ["up past nothing", moveUp, ["b", "e"], "e\n  f\na\n  b\n  c\n  d"],
    ["down", moveDown, ["b", "c"], "a\n  d\n  b\n  c\ne\n  f"],
    ["down in two runs", moveDown, ["b", "d"], "a\n  c\n  b\n  d\ne\n  f"],
    ["out", promote, ["b", "d"], "a\n  c\nb\nd\ne\n  f"],
    ["out of root, which is nowhere", promote, ["a", "e"], MAP],
    ["in", demote, ["c", "d"], "a\n  b\n    c\n    d\ne\n  f"],
    ["in two runs", demote, ["c", "e"], "a\n  b\n    c\n  d\n  e\n    f"],
  ] as const)("nodes move %s", (_, command, chosen, outcome) => {
    const { doc, model, at } = mapOf(MAP);

    command(doc, chosen.map(at));

    expectOutline(model, outcome);
  });

  it("a branch moves out of a parent that somebody else deletes", () => {
    const { doc, model, at } = mapOf(MAP);
    const there = copyOf(doc);
    remove(there, AUTHOR, [at("a")]);
    promote(doc, [at("c")]);

    exchange(doc, there);

    expectOutline(model, "c\ne\n  f");
  });
});

describe("deleting", () => {
  it("takes the top nodes of a selection, and never root", () => {
    const { doc, model, at } = mapOf(MAP);
    const a = at("a");
    const ids = [ROOT, at("c"), a];

    remove(doc, AUTHOR, ids);

    expectOutline(model, "e\n  f");
    expect(model.trash().map(({ id }) => id)).toEqual([a]);
  });

  it("can keep the children, in the place of the deleted", () => {
    const { doc, model, at } = mapOf("z\na\n  b\n    c\n    d\n  e\nf");

    removeKeepingChildren(doc, AUTHOR, [at("a"), at("b")]);

    expectOutline(model, "z\nc\nd\ne\nf");
    expect(model.trash()).toMatchObject([{ text: "a", size: 2 }]);
  });
});

it("kind, colour, links and relations are written, and not written twice", () => {
  const { doc, model, at } = mapOf("a\nb");
  const [a, b] = [at("a"), at("b")];
  const edit = () => {
    setKind(doc, [a, b], "gap");
    setColour(doc, [a], "green");
  };
  edit();
  const relation = setRelation(doc, AUTHOR, a, b, "causes");
  setLink(doc, AUTHOR, a, "gap:0190", "partial");

  const links = [{ target: "gap:0190", fit: "partial", by: AUTHOR.id }];
  expect(model.node(a)).toMatchObject({ kind: "gap", colour: "green", links });
  const before = Y.encodeStateVector(doc);
  edit();
  expect(setRelation(doc, AUTHOR, a, b, "causes")).toBe(relation);
  expect(setRelation(doc, AUTHOR, a, b)).toBe(relation);
  expect(setRelation(doc, AUTHOR, a, a, "causes")).toBeNull();
  expect(Y.encodeStateVector(doc)).toEqual(before);
  setKind(doc, [a], null);
  expect(fieldsOf(doc, a)?.has("kind")).toBe(false);
});

it("every command is one transaction of local origin", () => {
  const { doc, at } = mapOf(MAP);
  const origins: unknown[] = [];
  doc.on("afterTransaction", ({ origin, changed }) => {
    if (changed.size > 0) origins.push(origin);
  });
  removeKeepingChildren(doc, AUTHOR, [at("a"), at("e")]);
  move(doc, [at("b"), at("c"), at("d")], at("f"), null);
  addParent(doc, AUTHOR, at("f"));

  expect(origins).toEqual([LOCAL, LOCAL, LOCAL]);
});

it("two people who add at the same place both keep their nodes together", () => {
  const doc = newMap();
  const there = copyOf(doc);
  const model = new MapModel(doc);
  const mine = addChild(doc, AUTHOR, ROOT, "mine");
  const theirs = addChild(there, AUTHOR, ROOT, "theirs");
  exchange(doc, there);

  const between = addSibling(doc, AUTHOR, model.node(ROOT)?.children[0] ?? "", "after", "between");

  expect(model.node(ROOT)?.children[1]).toBe(between);
  expect(new Set(model.node(ROOT)?.children)).toEqual(new Set([mine, theirs, between]));
});
