// @vitest-environment node
import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import {
  addChild,
  addComment,
  addParent,
  createUndo,
  move,
  moveDown,
  paste,
  remove,
  restore,
  setKind,
  setRelation,
} from "~/map/commands";
import { MapModel } from "~/map/model";
import { parseOutline } from "~/map/outlineText";
import { ROOT, textOf } from "~/map/schema";
import { applyChange } from "~/map/textDelta";
import { AUTHOR, copyOf, dedent, exchange, idOf, mapOf, OTHER, outlineOf } from "./maps";

function expectOutline(model: MapModel, outline: string): void {
  expect(outlineOf(model)).toBe(dedent(outline));
}

function type(doc: Y.Doc, id: string, words: string): void {
  for (const letter of words) {
    const text = textOf(doc, id);
    if (text) applyChange(text, { at: text.length, removed: 0, inserted: letter });
  }
}

describe("undo takes back", () => {
  it("one command at a time, however quickly they came", () => {
    const { doc, model, at } = mapOf("a\nb\nc");
    const undo = createUndo(doc);
    moveDown(doc, [at("a")]);
    setKind(doc, [at("a")], "gap");
    remove(doc, AUTHOR, [at("c")]);

    undo.undo();
    expectOutline(model, "b\na\nc");
    undo.undo();
    expect(model.node(at("a"))?.kind).toBeNull();
    undo.undo();
    expectOutline(model, "a\nb\nc");
    expect(undo.undo()).toBeNull();
    undo.redo();
    undo.redo();
    undo.redo();
    expectOutline(model, "b\na");
  });

  it("a run of typing in one text at once, and not what was typed in another", () => {
    const { doc, model, at } = mapOf("a\nb");
    const undo = createUndo(doc);
    const [a, b] = [at("a"), at("b")];
    type(doc, a, "xyz");
    type(doc, b, "1");

    undo.undo();
    expectOutline(model, "axyz\nb");
    undo.undo();
    expectOutline(model, "a\nb");
  });

  it("typing apart from the command before it", () => {
    const { doc, model } = mapOf("");
    const undo = createUndo(doc);
    type(doc, addChild(doc, AUTHOR, ROOT, "a"), "bc");

    undo.undo();
    expectOutline(model, "a");
    undo.undo();
    expectOutline(model, "");
  });

  it("a pasted branch whole, and brings it back whole", () => {
    const { doc, model } = mapOf("");
    const undo = createUndo(doc);
    paste(doc, AUTHOR, ROOT, parseOutline("a\n\tb\n\t\tc\n\td\ne"));

    undo.undo();
    expectOutline(model, "");
    expect(model.trash()).toEqual([]);
    undo.redo();
    expectOutline(model, "a\n  b\n    c\n  d\ne");
    undo.undo();
    expectOutline(model, "");
  });

  it("a new parent without what it was put above", () => {
    const { doc, model, at } = mapOf("a\n  b");
    const undo = createUndo(doc);
    addParent(doc, AUTHOR, at("b"));

    undo.undo();

    expectOutline(model, "a\n  b");
    expect(model.trash()).toEqual([]);
  });
});

describe("undo leaves to others", () => {
  it("what they did meanwhile", () => {
    const { doc, model, at } = mapOf("a\nb");
    const undo = createUndo(doc);
    const there = copyOf(doc);
    move(doc, [at("a")], at("b"), null);
    type(there, at("a"), "!");
    addChild(there, OTHER, at("b"), "theirs");
    exchange(doc, there);

    undo.undo();

    expectOutline(model, "a!\nb\n  theirs");
    expectSame(doc, there);
  });

  it("the words they wrote in a node that its maker takes back", () => {
    const { doc, model } = mapOf("");
    const undo = createUndo(doc);
    const id = addChild(doc, AUTHOR, ROOT, "mine");
    const there = copyOf(doc);
    type(there, id, " and theirs");
    exchange(doc, there);

    undo.undo();

    expectOutline(model, "");
    expect(model.trash()).toMatchObject([
      { id, text: "mine and theirs", deleted: { by: AUTHOR.id }, size: 1 },
    ]);
    undo.redo();
    expectOutline(model, "mine and theirs");
    expectSame(doc, there);
  });

  it("the branch they put under a node that its maker takes back", () => {
    const { doc, model } = mapOf("");
    const undo = createUndo(doc);
    const [a] = paste(doc, AUTHOR, ROOT, parseOutline("a\n\tb\n\tc"));
    const there = copyOf(doc);
    addChild(there, OTHER, idOf(new MapModel(there), "b"), "theirs");
    exchange(doc, there);

    undo.undo();

    expectOutline(model, "");
    expect(model.trash()).toMatchObject([{ id: a, size: 3 }]);
    undo.redo();
    expectOutline(model, "a\n  b\n    theirs\n  c");
  });

  it("a comment on it", () => {
    const { doc, model } = mapOf("");
    const undo = createUndo(doc);
    const id = addChild(doc, AUTHOR, ROOT, "a");
    const there = copyOf(doc);
    addComment(there, OTHER, id, "why?");
    exchange(doc, there);

    undo.undo();

    expect(model.trash()).toMatchObject([{ id }]);
  });

  it("an arrow that leads to it, and what stands on that", () => {
    const { doc, model, at } = mapOf("a");
    const undo = createUndo(doc);
    const id = addChild(doc, AUTHOR, ROOT, "b");
    const there = copyOf(doc);
    setRelation(there, OTHER, at("a"), id, "leads to");
    exchange(doc, there);

    undo.undo();

    expect(model.trash()).toMatchObject([{ id }]);
    restore(doc, id);
    expect(model.relations()).toMatchObject([{ to: id, label: "leads to" }]);
  });
});

function expectSame(a: Y.Doc, b: Y.Doc): void {
  exchange(a, b);
  expect(outlineOf(new MapModel(a))).toBe(outlineOf(new MapModel(b)));
}
