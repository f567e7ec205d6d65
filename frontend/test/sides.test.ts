// @vitest-environment node
import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import {
  addChild,
  addParent,
  addSibling,
  createUndo,
  move,
  moveToSide,
  moveUp,
  paste,
  promote,
  remove,
  removeKeepingChildren,
  restore,
} from "~/map/commands";
import { MapModel } from "~/map/model";
import { parseOutline } from "~/map/outlineText";
import { fieldsOf, type NodeId, nodesOf, ROOT, readPlace } from "~/map/schema";
import { sidesInTurn, sidesOfNew } from "~/map/sides";
import { AUTHOR, copyOf, exchange, mapOf } from "./maps";

/** The branches from top to bottom, as they stand left and right of the topic: "DEF|ABC". */
function picture(model: MapModel): string {
  const branches = model.node(ROOT)?.children ?? [];
  const on = (side: 1 | -1) =>
    branches.filter((id) => model.sideOf(id) === side).map((id) => model.node(id)?.text);
  return `${on(-1).join("")}|${on(1).join("")}`;
}

/** The same document, opened by somebody who saw nothing of its making. */
const newcomer = (doc: Y.Doc) => picture(new MapModel(copyOf(doc)));

const LETTERS = "A\nB\nC\nD\nE\nF";

/** As older pages and other clients write places. */
function forgetSides(doc: Y.Doc): void {
  for (const [id, fields] of nodesOf(doc)) {
    const { side: _, ...place } = readPlace(fields.get("place")) ?? {};
    if (id !== ROOT) fieldsOf(doc, id)?.set("place", place);
  }
}

/** As if the branches had been made one after the other, a second apart. */
function setTimes(doc: Y.Doc, ids: readonly NodeId[], each = 1_000): void {
  ids.forEach((id, n) => {
    fieldsOf(doc, id)?.set("made", { at: n * each, by: AUTHOR.id });
  });
}

describe("a main branch", () => {
  it("grows right while there are few, then on the emptier side, and says so", () => {
    const { doc, model, at } = mapOf(LETTERS);

    expect(picture(model)).toBe("DEF|ABC");
    expect(readPlace(fieldsOf(doc, at("D"))?.get("place"))?.side).toBe("left");
    expect(readPlace(fieldsOf(doc, at("A"))?.get("place"))?.side).toBe("right");
  });

  it("stays on its side when another is deleted, on every page", () => {
    const { doc, model, at } = mapOf(LETTERS);

    remove(doc, AUTHOR, [at("A")]);

    expect(picture(model)).toBe("DEF|BC");
    expect(newcomer(doc)).toBe("DEF|BC");
  });

  it("stands where its author sees it also for who comes later", () => {
    const { doc, model, at } = mapOf(LETTERS);
    remove(doc, AUTHOR, [at("A"), at("B")]);
    addChild(doc, AUTHOR, ROOT, "G");
    move(doc, [at("E")], ROOT, at("C"), 1);
    addSibling(doc, AUTHOR, at("D"), "after", "H");
    paste(doc, AUTHOR, ROOT, parseOutline("I\nJ\n\tK"));

    expect(newcomer(doc)).toBe(picture(model));
  });

  it("comes to the side on which it is dropped, though its place in order is the same", () => {
    const { doc, model, at } = mapOf("A");
    const undo = createUndo(doc);

    expect(move(doc, [at("A")], ROOT, null, -1)).toBe(true);
    expect(picture(model)).toBe("A|");
    expect(move(doc, [at("A")], ROOT, null, -1)).toBe(false);

    undo.undo();
    expect(picture(model)).toBe("|A");
  });

  it("keeps its place in order on the other side, and others stay", () => {
    const { doc, model, at } = mapOf(LETTERS);

    moveToSide(doc, [at("B"), at("D")], -1);
    expect(picture(model)).toBe("BDEF|AC");
    moveToSide(doc, [at("B")], 1);

    expect(picture(model)).toBe("DEF|ABC");
  });

  it("keeps its side among its siblings, and takes that of the branch which it leaves", () => {
    const { doc, model, at } = mapOf("A\nB\nC\nD\n  d\n  e\nE");
    moveUp(doc, [at("E")]);
    promote(doc, [at("d")]);
    expect(picture(model)).toBe("EDd|ABC");

    addParent(doc, AUTHOR, at("E"));
    addSibling(doc, AUTHOR, at("d"), "before", "x");
    removeKeepingChildren(doc, AUTHOR, [at("D")]);
    expect(picture(model)).toBe("exd|ABC");
  });

  it("shows a change of side by somebody else, and tells whoever listens", () => {
    const { doc, at, model } = mapOf(LETTERS);
    const there = copyOf(doc);
    const changed: NodeId[] = [];
    model.subscribe(({ nodes, structure }) => structure && changed.push(...nodes));
    moveToSide(there, [at("A")], -1);

    exchange(doc, there);

    expect(picture(model)).toBe("ADEF|BC");
    expect(changed).toContain(at("A"));
  });
});

describe("branches that say no side", () => {
  it("are on the same sides for everybody, whatever a page has seen", () => {
    const { doc, model, at } = mapOf(LETTERS);
    setTimes(doc, ["A", "B", "C", "D", "E", "F"].map(at));
    forgetSides(doc);
    expect(picture(model)).toBe("DEF|ABC");

    remove(doc, AUTHOR, [at("A")]);
    expect(picture(model)).toBe("DEF|BC");
    move(doc, [at("B")], ROOT, null, -1);
    addChild(doc, AUTHOR, ROOT, "G");
    move(doc, [at("F")], ROOT, at("D"));
    expect(newcomer(doc)).toBe(picture(model));
    expect(picture(model)).toBe("FDEB|CG");

    restore(doc, [...nodesOf(doc).keys()].find((id) => fieldsOf(doc, id)?.has("deleted")) ?? "");
    expect(picture(model)).toBe("FDEB|ACG");
  });

  it("of one moment are half right and half left, in the order of their making", () => {
    const branches = ["a", "b", "c", "d"].map((id) => ({ id, at: 0, said: undefined }));

    expect([...sidesInTurn(branches)]).toEqual([
      ["a", 1],
      ["b", 1],
      ["c", -1],
      ["d", -1],
    ]);
  });
});

it("pasted main branches get colours in turn", () => {
  const { doc, model } = mapOf("A");

  const ids = paste(doc, AUTHOR, ROOT, parseOutline("B\nC\n\tD\nE\nF\nG"));

  const colours = [...(model.node(ROOT)?.children ?? [])].map((id) => model.node(id)?.colour);
  expect(new Set(colours).size).toBe(6);
  expect(model.node(model.node(ids[1] ?? "")?.children[0] ?? "")?.colour).toBeNull();
});

it("branches that are put between others join the one before", () => {
  expect(sidesOfNew([1, 1, -1], 3, 1)).toEqual([1]);
  expect(sidesOfNew([1, 1, 1], 3, 1)).toEqual([-1]);
  expect(sidesOfNew([1, -1, 1], 2, 2)).toEqual([-1, -1]);
  expect(sidesOfNew([-1, 1], 0, 1)).toEqual([-1]);
  expect(sidesOfNew([], 0, 3)).toEqual([1, 1, 1]);
  expect(sidesOfNew([], 0, 4)).toEqual([1, 1, -1, -1]);
});
