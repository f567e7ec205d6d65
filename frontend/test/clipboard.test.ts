// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import type * as Y from "yjs";
import {
  addComment,
  createUndo,
  remove,
  restore,
  setColour,
  setKind,
  setLink,
} from "~/map/commands";
import type { MapModel } from "~/map/model";
import { type LinkTarget, noteOf, ROOT, textOf } from "~/map/schema";
import { onClipboard } from "~/pages/session/actions/clipboard";
import { type Gate, OPEN_GATE } from "~/pages/session/actions/context";
import type { Hands } from "~/pages/session/actions/hands";
import { AUTHOR, mapOf } from "./maps";

const GAP: LinkTarget = "gap:0199f3a0-0000-7000-8000-000000000001";
const OWN_TYPE = "application/x-gapmap+json";

/** What the browser holds between two presses. */
let clipboard: Map<string, string>;
beforeEach(() => {
  clipboard = new Map();
});

/** One map and a person in it, who has some nodes selected. */
class Seat {
  private readonly map;
  readonly undo: Y.UndoManager;
  shown: readonly string[] = [];

  constructor(
    outline: string,
    private readonly gate: Gate = OPEN_GATE,
  ) {
    this.map = mapOf(outline);
    this.undo = createUndo(this.map.doc);
  }

  get doc(): Y.Doc {
    return this.map.doc;
  }

  get model(): MapModel {
    return this.map.model;
  }

  at(text: string): string {
    return this.map.at(text);
  }

  press(type: "copy" | "cut" | "paste", ...texts: string[]): void {
    const ids = texts.map((text) => this.at(text));
    const hands: Hands = {
      doc: this.doc,
      model: this.model,
      author: AUTHOR,
      canEdit: true,
      gate: this.gate,
      ids,
      active: ids.at(-1) ?? ROOT,
      run: () => remove(this.doc, AUTHOR, ids),
      isFolded: () => false,
      show: (_, made) => {
        this.shown = made;
      },
    };
    const clipboardData = {
      getData: (format: string) => clipboard.get(format) ?? "",
      setData: (format: string, data: string) => clipboard.set(format, data),
    } as unknown as DataTransfer;
    onClipboard({ type, clipboardData, preventDefault: () => undefined }, hands);
  }

  /** Where a node stands: the texts above it. */
  parentOf(id: string): string | undefined {
    return this.model.node(this.model.node(id)?.parent ?? "")?.text;
  }

  /** The node that was pasted last. */
  get made() {
    return this.model.node(this.shown[0] ?? "");
  }
}

/** An idea with all that an idea can have. */
function furnish(seat: Seat, text: string): void {
  const { doc } = seat;
  const id = seat.at(text);
  setKind(doc, [id], "gap");
  setColour(doc, [id], "red");
  setLink(doc, AUTHOR, id, GAP, "good");
  addComment(doc, AUTHOR, id, "said here");
  noteOf(doc, id)?.insert(0, "a note");
}

describe("cut and paste", () => {
  it("is one step: its undo leads to the trash, and the next one to the old place", () => {
    const seat = new Seat("a\n  b\nc");
    const b = seat.at("b");
    seat.press("cut", "b");
    seat.press("paste", "c");
    expect(seat.parentOf(b)).toBe("c");

    seat.undo.undo();
    expect(seat.model.trash()).toMatchObject([{ id: b, parent: seat.at("a") }]);
    seat.undo.undo();
    expect(seat.parentOf(b)).toBe("a");
    seat.undo.redo();
    seat.undo.redo();
    expect(seat.parentOf(b)).toBe("c");
  });

  it("moves again after the paste was undone, and copies once the branch stands somewhere", () => {
    const seat = new Seat("a\nb\nc");
    const a = seat.at("a");
    seat.press("cut", "a");
    seat.press("paste", "b");
    seat.undo.undo();
    seat.press("paste", "c");
    expect(seat.shown).toEqual([a]);

    seat.press("paste", "b");
    expect(seat.shown).not.toEqual([a]);
    expect(seat.made?.text).toBe("a");
  });

  it("moves a branch whose children were selected along with it", () => {
    const seat = new Seat("a\n  b\nc");
    const [a, b] = [seat.at("a"), seat.at("b")];
    seat.press("cut", "a", "b");
    seat.press("paste", "c");

    expect([seat.parentOf(a), seat.parentOf(b)]).toEqual(["c", "a"]);
  });

  it("makes a copy where somebody has taken the branch out of the trash", () => {
    const seat = new Seat("a\nb");
    const a = seat.at("a");
    seat.press("cut", "a");
    restore(seat.doc, a);
    seat.press("paste", "b");

    expect(seat.parentOf(a)).toBe("Map");
    expect(seat.made?.id).not.toBe(a);
  });
});

describe("copy and paste", () => {
  const expectWhole = (seat: Seat) => {
    expect(seat.made).toMatchObject({ text: "a", kind: "gap", colour: "red" });
    expect(seat.made?.links).toMatchObject([{ target: GAP, fit: "good", by: AUTHOR.id }]);
    expect(noteOf(seat.doc, seat.made?.id ?? "")?.toString()).toBe("a note");
  };

  it("keeps kind, colour, note and links of the whole branch, and no comments", () => {
    const seat = new Seat("top\n  a\nb");
    furnish(seat, "a");
    seat.press("copy", "top");
    seat.press("paste", "b");

    const copy = seat.model.node(seat.made?.children[0] ?? "");
    expect(copy).toMatchObject({ text: "a", kind: "gap", colour: "red" });
    expect(seat.model.commentsOn(copy?.id ?? "")).toEqual([]);
  });

  it("does so between two maps, and from the menu, which gives text alone", () => {
    const here = new Seat("a");
    furnish(here, "a");
    here.press("copy", "a");
    const there = new Seat("b");
    there.press("paste", "b");
    expectWhole(there);

    clipboard.delete(OWN_TYPE);
    there.press("paste", "b");
    expectWhole(there);
  });

  it("gives other programs the indented text", () => {
    const seat = new Seat("a\n  b");
    furnish(seat, "a");
    seat.press("copy", "a");

    expect(clipboard.get("text/plain")).toBe("a\n\tb\n");
  });

  it("is one step, and its undo leaves nothing in the trash", () => {
    const seat = new Seat("a\n  x\nb");
    furnish(seat, "a");
    seat.press("copy", "a");
    seat.press("paste", "b");
    seat.undo.undo();

    expect(seat.model.node(seat.at("b"))?.children).toEqual([]);
    expect(seat.model.trash()).toEqual([]);
  });

  it("leaves links out where one may not link", () => {
    const closed: Gate = {
      ...OPEN_GATE,
      reason: (what) => (what === "link" ? "not in this round" : null),
    };
    const seat = new Seat("a\nb", closed);
    furnish(seat, "a");
    seat.press("copy", "a");
    seat.press("paste", "b");

    expect(seat.made).toMatchObject({ kind: "gap", links: [] });
  });
});

describe("what others put on the clipboard under our name", () => {
  const node = (fields: object) => JSON.stringify({ gapmap: 1, nodes: [fields] });

  it.each([
    ["no JSON", "{"],
    ["no branches", '{"gapmap":1,"nodes":{}}'],
    ["an empty list", '{"gapmap":1,"nodes":[]}'],
    ["another form", '{"gapmap":2,"nodes":[{"depth":0,"text":"x"}]}'],
    ["too long", node({ text: "x".repeat(4_000_001) })],
  ])("is passed over: %s", (_, branches) => {
    clipboard = new Map([
      ["text/plain", "words"],
      [OWN_TYPE, branches],
    ]);
    const seat = new Seat("a");
    seat.press("paste", "a");

    expect(seat.made?.text).toBe("words");
  });

  it("is held to what a node may be", () => {
    const long = "x".repeat(200_000);
    const links = [{ target: "javascript:alert(1)" }, { target: GAP, fit: "huge" }, 7];
    clipboard = new Map([
      ["text/plain", "words"],
      [
        OWN_TYPE,
        node({ depth: -4, text: long, note: long, kind: "boss", colour: "url(x)", links }),
      ],
    ]);
    const seat = new Seat("a");
    seat.press("paste", "a");

    const { made, doc } = seat;
    expect(made).toMatchObject({ kind: null, colour: null, links: [{ target: GAP, fit: null }] });
    expect(textOf(doc, made?.id ?? "")?.length).toBe(4_000);
    expect(noteOf(doc, made?.id ?? "")?.length).toBe(100_000);
  });

  it("may be as deep as anything", () => {
    const nodes = Array.from({ length: 3_000 }, (_, depth) => ({ depth, text: `${depth}` }));
    clipboard = new Map([
      ["text/plain", "words"],
      [OWN_TYPE, JSON.stringify({ gapmap: 1, nodes })],
    ]);
    const seat = new Seat("a");
    const size = seat.model.size;
    seat.press("paste", "a");

    expect(seat.model.size).toBe(size + 3_000);
  });
});
