// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { copyBranches, paste, weighPaste } from "~/map/commands";
import { parseOutline } from "~/map/outlineText";
import { ROOT, TEXT_LIMIT } from "~/map/schema";
import { search } from "~/map/search";
import { anchorAt, editText, indexOfAnchor, moveThroughDelta, textChange } from "~/map/textDelta";
import { AUTHOR, copyOf, dotted, mapOf } from "./maps";
import { seeded } from "./random";

const fixture = (name: string) =>
  readFileSync(new URL(`../../tests/fixtures/${name}`, import.meta.url), "utf8");

describe("a change of text", () => {
  it.each([
    ["typing", "ab", "axb", 2, { at: 1, removed: 0, inserted: "x" }],
    ["typing among equal letters", "aa", "aaa", 2, { at: 1, removed: 0, inserted: "a" }],
    ["deleting among equal letters", "aaa", "aa", 1, { at: 1, removed: 1, inserted: "" }],
    ["replacing a selection", "one two", "one 2", 5, { at: 4, removed: 3, inserted: "2" }],
    [
      "replacing with the caret far away",
      "abcdef",
      "abXdef",
      6,
      { at: 2, removed: 1, inserted: "X" },
    ],
    ["everything", "abc", "", 0, { at: 0, removed: 3, inserted: "" }],
    ["one emoji for another", "x😀y", "x😁y", 3, { at: 1, removed: 2, inserted: "😁" }],
    ["nothing", "abc", "abc", 1, null],
  ])("%s", (_, before, after, caret, change) => {
    expect(textChange(before, after, caret)).toEqual(change);
  });

  it("makes the shared text what the field says, wherever the caret is", () => {
    const random = seeded(3);
    const text = new Y.Doc().getText("t");
    const letters = ["a", "b", "😀", "é"];
    for (let n = 0; n < 500; n++) {
      const words = Array.from({ length: random() * 8 }, () => letters[Math.floor(random() * 4)]);
      const after = words.join("");
      editText(text, after, Math.floor(random() * (after.length + 1)));

      expect(text.toString()).toBe(after);
    }
  });
});

it("a text grows no longer than the server takes", () => {
  const { doc, at } = mapOf("a");
  const text = textIn(doc, at("a"));

  editText(text, "x".repeat(TEXT_LIMIT - 1), 0);
  editText(text, `${"x".repeat(TEXT_LIMIT - 1)}😀`, TEXT_LIMIT + 1);
  editText(text, `${"x".repeat(TEXT_LIMIT - 1)}yz`, TEXT_LIMIT + 1);

  expect(text.toString()).toBe(`${"x".repeat(TEXT_LIMIT - 1)}y`);
});

it("half a surrogate pair is the same character here as everywhere", () => {
  const { doc, at } = mapOf("😀");
  const id = at("😀");
  editText(textIn(doc, id), "\uD83Dx\uDE00", 2);
  const [pasted = ""] = paste(doc, AUTHOR, ROOT, parseOutline("cut \uD83D"));

  const there = copyOf(doc);

  for (const node of [id, pasted]) {
    expect(textIn(there, node).toString()).toBe(textIn(doc, node).toString());
  }
});

describe("a caret", () => {
  it.each([
    ["before it moves on", [{ insert: "xy" }], 5],
    ["at it stays", [{ retain: 3 }, { insert: "xy" }], 3],
    ["behind it stays", [{ retain: 4 }, { insert: "xy" }], 3],
    ["over it falls to the gap", [{ retain: 1 }, { delete: 4 }], 1],
    ["on both sides", [{ insert: "a" }, { delete: 2 }, { retain: 1 }, { insert: "bc" }], 2],
  ])("with a remote change %s", (_, delta, head) => {
    expect(moveThroughDelta({ anchor: 3, head: 3 }, delta)).toEqual({ anchor: head, head });
  });

  it("of somebody else is found again after the text changed", () => {
    const doc = new Y.Doc();
    const text = doc.getText("t");
    text.insert(0, "hello");
    const anchor = JSON.parse(JSON.stringify(anchorAt(text, 3)));
    text.insert(0, "oh, ");

    expect(indexOfAnchor(text, anchor)).toBe(7);
    expect(indexOfAnchor(doc.getText("other"), anchor)).toBeNull();
    expect(indexOfAnchor(text, { item: "nonsense" })).toBeNull();
  });
});

describe("indented text", () => {
  it("is read whatever indents it, without bullets and empty lines", () => {
    const text = "- one\r\n   - two\r\n\r\n\t* three\n  + four\nfive - six\n    \n1. seven";

    expect(parseOutline(text)).toMatchObject([
      { text: "one", children: [{ text: "two", children: [{ text: "three" }] }, { text: "four" }] },
      { text: "five - six", children: [] },
      { text: "1. seven" },
    ]);
  });

  it("of a word processor or a spreadsheet becomes nodes without signs of theirs", () => {
    const list = "•\tone\r\n\to\ttwo\r\n\uf0b7 three\n-\n§ 12 of the law\nor not";
    const table = 'Name\tCountry\r\n"First line\nsecond ""line"""\tEU\n"quoted"\tno\n"open';

    expect(parseOutline(list)).toMatchObject([
      { text: "one", children: [{ text: "two" }] },
      { text: "three" },
      { text: "§ 12 of the law" },
      { text: "or not" },
    ]);
    expect(parseOutline(table)).toMatchObject([
      { text: "Name · Country" },
      { text: 'First line\nsecond "line" · EU' },
      { text: '"quoted" · no' },
      { text: '"open' },
    ]);
  });

  it("has the bullets that the server takes off, too", () => {
    const cases = JSON.parse(fixture("bullets.json")) as [string, string][];
    const read = cases.map(([written]) => [written, parseOutline(written)[0]?.text ?? ""]);

    expect(read).toEqual(cases);
  });

  it("has the levels that its bullets tell where nothing is indented, as Word writes a list", () => {
    const cases = JSON.parse(fixture("rungs.json")) as [string, string[]][];
    const read = cases.map(([written]) => [written, dotted(parseOutline(written))]);

    expect(read).toEqual(cases);
  });

  it("is weighed before it is pasted, so that no edit is more than the server takes", () => {
    const author = { id: "0192f3c4-5b6a-7c8d-9e0f-a1b2c3d4e5f6" };
    const lists = [
      Array.from({ length: 4_000 }, (_, n) => `${"\t".repeat(n % 9)}idea ${n}`).join("\n"),
      Array.from({ length: 55 }, () => "é".repeat(9_000)).join("\n"),
    ];
    for (const list of lists) {
      const { doc } = mapOf("");
      const sizes: number[] = [];
      doc.on("update", (update) => sizes.push(update.length));
      paste(doc, author, ROOT, parseOutline(list));
      expect(weighPaste(parseOutline(list)).isTooMuch).toBe(false);
      expect(sizes).toHaveLength(1);
      expect(sizes[0]).toBeLessThan(1_900_000);
    }
    const large = Array.from({ length: 20_000 }, (_, n) => `Something longer to say ${n}`);
    expect(weighPaste(parseOutline(large.join("\n")))).toEqual({ nodes: 20_000, isTooMuch: true });
  });

  it("goes out of one map and into another unchanged, line breaks in a node too", () => {
    const { model, at } = mapOf("a\n  b\n    c\n  d\ne\nf");
    const there = mapOf("");
    editText(textIn(model.doc, at("b")), "b\nsecond line", 3);

    const text = copyBranches(model, [at("e"), at("a"), at("c")]).text;
    const made = paste(there.doc, AUTHOR, ROOT, parseOutline(text));

    expect(made.map((id) => there.model.node(id)?.text)).toEqual(["a", "e"]);
    expect([...there.model.walk()].map((node) => node.text)).toContain("b\nsecond line");
    expect(copyBranches(there.model, made).text).toBe(text);
    expect(copyBranches(model, [ROOT, at("a")]).text).toMatch(/^Map\n\ta\n/);
  });
});

describe("search", () => {
  const { model } = mapOf(`
    Körperkamera
      Battery of the body camera
    camera
    Drone detection near crowds
      Detect drones
    smartcam
    Near stadiums: crowds
    Οδοσήμανση
  `);
  const found = (query: string) => search(model, query).map((id) => model.node(id)?.text);

  it.each([
    ["korperkamera", ["Körperkamera"]],
    ["DET dro", ["Detect drones", "Drone detection near crowds"]],
    ["camera", ["camera", "Battery of the body camera"]],
    ["kamera", ["Körperkamera"]],
    ["ΟΔΟΣ", ["Οδοσήμανση"]],
    ["near crowds", ["Drone detection near crowds", "Near stadiums: crowds"]],
    ["drone xyz", []],
    [" -, ", []],
  ])("for %s", (query, texts) => {
    expect(found(query)).toEqual(texts);
  });

  it("finds one among 10,000", () => {
    const big = mapOf("");
    const lines = Array.from({ length: 10_000 }, (_, n) => `Überwachung of crowd number ${n}`);
    paste(big.doc, AUTHOR, ROOT, parseOutline(lines.join("\n")));

    expect(search(big.model, "ube 9999")).toHaveLength(1);
  });
});

function textIn(doc: Y.Doc, id: string): Y.Text {
  const text = (doc.getMap("nodes").get(id) as Y.Map<unknown>).get("text");
  if (text instanceof Y.Text) return text;
  throw new Error(`no text in ${id}`);
}
