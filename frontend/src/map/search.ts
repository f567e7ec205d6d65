/**
 * Finding nodes by their words: accents and case do not count, every word of the query must begin
 * a word of the text, in any order.
 */
import type { MapModel, MapNode } from "~/map/model";
import type { NodeId } from "~/map/schema";

/** How well a text matches, the best first. */
const RANKS = [
  (text: string, words: readonly string[]) => text === ` ${words.join(" ")} `,
  (text: string, words: readonly string[]) => text.startsWith(` ${words.join(" ")}`),
  (text: string, words: readonly string[]) => text.includes(` ${words.join(" ")}`),
  (text: string, words: readonly string[]) => text.startsWith(` ${words[0]}`),
  () => true,
] as const;

/** A node's words, read once for each state of it. */
const wordsByNode = new WeakMap<MapNode, string>();

/**
 * The shown nodes whose text has all words of the query, the best match first, else in the map's
 * order. Where no word begins so, a match inside words counts too.
 */
export function search(model: MapModel, query: string): NodeId[] {
  const words = fold(query).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  const found = find(model, words, " ");
  return found.length > 0 ? found : find(model, words, "");
}

function find(model: MapModel, words: readonly string[], before: string): NodeId[] {
  const ranked: NodeId[][] = RANKS.map(() => []);
  for (const node of model.walk()) {
    const text = textOf(node);
    if (!words.every((word) => text.includes(before + word))) continue;
    ranked[RANKS.findIndex((matches) => matches(text, words))]?.push(node.id);
  }
  return ranked.flat();
}

function textOf(node: MapNode): string {
  const known = wordsByNode.get(node);
  if (known !== undefined) return known;
  const words = ` ${fold(node.text)} `;
  wordsByNode.set(node, words);
  return words;
}

/** Words in lower case without accents, one space between. A Greek s is the same at a word's end. */
export function fold(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
