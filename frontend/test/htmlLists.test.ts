/** Lists from other programs, as they come with the clipboard. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readClipboard } from "~/pages/session/actions/clipboard";
import { readLists } from "~/pages/session/actions/htmlLists";
import { dotted } from "./maps";

const clip = (name: string) => readFileSync(`${import.meta.dirname}/clips/${name}`, "utf8");

it("has the levels of a list of Word's, without its bullets", () => {
  expect(dotted(readLists(clip("word.txt")) ?? [])).toEqual([
    "What is missing, from the last meeting:",
    "On scene",
    ".Radios fail in cellars\nand in lifts",
    "..Relays",
    "...Who carries them",
    "Training",
  ]);
});

it.each([
  ["of a web page", "<ul><li>a<ul><li>b</li><li><b>c</b> d</li></ul>after</li><li>e</li></ul>"],
  [
    "with paragraphs in it",
    "<ol><li><p>a</p><ol><li><p>b</p></li><li><p>c\n d</p></li></ol><p>after</p></li><li><p>e</p></li></ol>",
  ],
  [
    "of which each item is a list of its own",
    '<ul><li data-aria-level="1">a</li></ul><ul><li data-aria-level="2">b</li></ul><ul><li data-aria-level="2">c d</li></ul><p>after</p><ul><li data-aria-level="1">e</li></ul>',
  ],
])("has the levels of a list %s", (_, html) => {
  expect(dotted(readLists(html) ?? [])).toEqual(["a", ".b", ".c d", "after", "e"]);
});

it.each([
  ["a list of one level", "<ul><li>a</li><li>b</li></ul>"],
  ["paragraphs", "<p>a</p><p>b</p>"],
  ["a table", "<table><tr><td><ul><li>a<ul><li>b</li></ul></li></ul></td></tr></table>"],
  ["nothing", ""],
])("leaves %s to the plain text", (_, html) => {
  expect(readLists(html)).toBeNull();
});

/** The clipboard as a page is given it on a press of a menu's item. */
function clipboardOf(formats: Record<string, string>): Clipboard {
  const item = {
    types: Object.keys(formats),
    getType: async (type: string) => ({ text: async () => formats[type] ?? "" }),
  };
  const readText = async () => formats["text/plain"] ?? "";
  return { read: async () => [item], readText } as unknown as Clipboard;
}

it("come by a menu as they do by keys", async () => {
  const both = clipboardOf({ "text/plain": "a\nb", "text/html": "<ul><li>a<ul><li>b</ul></ul>" });
  const given = await readClipboard(both);
  expect(given).toMatchObject({ text: "a\nb", branches: "" });
  expect(dotted(given.lists ?? [])).toEqual(["a", ".b"]);

  const text = { text: "a\n\tb", branches: "", lists: null };
  expect(await readClipboard(clipboardOf({ "text/plain": "a\n\tb" }))).toEqual(text);
  const { readText } = clipboardOf({ "text/plain": "a\n\tb", "text/html": "" });
  expect(await readClipboard({ readText } as Clipboard)).toEqual(text);
  expect(await readClipboard(clipboardOf({ "image/png": "" }))).toMatchObject({ text: "" });
});
