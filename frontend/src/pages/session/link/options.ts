/** What the palette lists: what is offered, what is linked already, and a new gap at the end. */
import type { Card, Suggestion } from "~/api/types";
import { fold } from "~/map/search";

/** What the list is narrowed to. TRL and market are about solutions: with them, gaps are left out. */
export interface LinkFilter {
  readonly kind: "all" | "gap" | "solution";
  /** The least TRL; 0 for any. */
  readonly trl: number;
  readonly market: string;
}

/** Nothing is left out. */
export const NO_FILTER: LinkFilter = { kind: "all", trl: 0, market: "any" };

/** One line of the list. */
export interface LinkOption {
  readonly card: Card;
  readonly summary: string;
  /** The words for which it was offered. */
  readonly matched: readonly string[];
}

interface Sources {
  readonly suggested: readonly Suggestion[];
  /** All cards that are here, for when nobody can be asked. */
  readonly known: readonly Card[];
  /** What the node was linked to when the list was opened. */
  readonly linked: readonly string[];
  readonly typed: string;
  readonly filter: LinkFilter;
  /** Nobody can be asked: what is known has to do. */
  readonly offline: boolean;
}

/** The lines, the best first. They keep their places while one links and unlinks. */
export function optionsOf(sources: Sources): LinkOption[] {
  const { suggested, known, linked, typed, filter, offline } = sources;
  const found = findKnown(known, typed);
  const here = offline ? found : found.filter((card) => isNamed(card, typed));
  const kept = typed.trim() === "" ? known.filter((card) => linked.includes(card.target)) : [];
  const lines = new Map<string, LinkOption>();
  const add = (card: Card, more: Partial<LinkOption> = {}) => {
    if (lines.has(card.target) || !passes(card, filter)) return;
    lines.set(card.target, { card, summary: "", matched: [], ...more });
  };
  for (const card of offline ? [] : here) add(card);
  for (const it of suggested) add(it, { summary: it.summary, matched: it.matched });
  if (offline) for (const card of here) add(card);
  for (const card of kept) add(card);
  return [...lines.values()];
}

/** Whether a card is within what the list is narrowed to. */
export function passes(card: Card, { kind, trl, market }: LinkFilter): boolean {
  if (kind !== "all" && card.kind !== kind) return false;
  if (trl === 0 && market === "any") return true;
  if (card.kind !== "solution") return false;
  const reached = card.trl?.high ?? card.trl?.low ?? 0;
  return reached >= trl && (market === "any" || card.market_status === market);
}

/** Of the cards that are here, those that have all the words. */
function findKnown(known: readonly Card[], typed: string): Card[] {
  const words = fold(typed).split(" ").filter(Boolean);
  return known.filter((card) => {
    const text = ` ${fold(`${card.handle} ${card.title}`)}`;
    return words.every((word) => text.includes(` ${word}`));
  });
}

/** Whether somebody typed a card's number, as "gap 12" or "SOL-34". */
function isNamed(card: Card, typed: string): boolean {
  return typed.trim() !== "" && fold(card.handle) === fold(typed);
}

/** A text in pieces, those marked that were matched. */
export function marked(
  text: string,
  matched: readonly string[],
): { text: string; isMatch: boolean }[] {
  const words = matched.map(fold).filter(Boolean);
  const pieces: { text: string; isMatch: boolean }[] = [];
  for (const piece of text.split(/([\p{L}\p{N}\p{M}]+)/u)) {
    if (piece === "") continue;
    const word = fold(piece);
    const isMatch = word !== "" && words.some((it) => isKin(it, word));
    const last = pieces.at(-1);
    if (last && last.isMatch === isMatch) last.text += piece;
    else pieces.push({ text: piece, isMatch });
  }
  return pieces;
}

/** A word as it was matched may be a stem of the one that is written, or the other way round. */
function isKin(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}
