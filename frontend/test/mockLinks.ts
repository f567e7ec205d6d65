/** The links of the stand-in server: a small catalogue, what fits some words, and the Links board. */
import type { BoardRow, Card, LinkState, Suggestion } from "~/api/types";
import { newId } from "./mockData";
import { type Call, notFound, page } from "./mockKit";

const id = (n: number) => `0199f3a0-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** A card of a gap. */
export function gapCard(n: number, title: string, more: Partial<Card> = {}): Card {
  const base = { target: `gap:${id(n)}`, kind: "gap", handle: `GAP-${n}`, title } as const;
  return { ...base, state: "accepted", tlp: "AMBER", light: "grey", solutions: 0, ...more };
}

/** A card of a solution. */
export function solutionCard(n: number, title: string, more: Partial<Card> = {}): Card {
  const base = {
    target: `solution:${id(n)}`,
    kind: "solution",
    handle: `SOL-${n}`,
    title,
  } as const;
  return { ...base, state: "documented", tlp: "AMBER", trl: { low: 7, high: 8 }, ...more };
}

/** Gaps, solutions and what became of links. */
export class MockLinks {
  readonly catalogue: Card[] = [
    gapCard(12, "Find help at night", { light: "green", solutions: 3, best_trl: 8 }),
    gapCard(13, "Keep evidence that does not last"),
    solutionCard(34, "Helpline in five languages", { market_status: "available_public" }),
    solutionCard(35, "Scanner for scenes", { trl: { low: 4, high: 5 } }),
  ];
  rows: BoardRow[] = [];
  /** What was decided, as "node target state". */
  readonly decided: string[] = [];

  /** All of a kind that share a word with the question; all there is where none does. */
  suggest({ query }: Call): { ranked_by: string; items: Suggestion[] } {
    const words = (query.get("text") ?? "")
      .toLowerCase()
      .split(/\W+/)
      .filter((it) => it.length > 3);
    const kind = query.get("kind");
    const items = this.catalogue.flatMap((card) => {
      const matched = words.filter((word) => card.title.toLowerCase().includes(word));
      const fits = matched.length > 0 && (kind === null || card.kind === kind);
      return fits
        ? [{ ...card, summary: `About ${card.title}`, matched, score: matched.length }]
        : [];
    });
    return { ranked_by: "words", items: items.sort((a, b) => b.score - a.score) };
  }

  board(call: Call) {
    const linked = call.query.get("linked");
    const fits = ({ links }: BoardRow) =>
      linked === null ||
      (linked === "none" ? links.length === 0 : links.some((it) => it.state === linked));
    return page(call, this.rows.filter(fits));
  }

  /** `PUT /maps/{map}/nodes/{node}/links/{target}`. */
  decide(call: Call): undefined {
    const [, , node = "", , target = ""] = call.id.split("/");
    const link = this.rows
      .find((row) => row.node === node)
      ?.links.find((it) => it.target === decodeURIComponent(target));
    if (!link) throw notFound();
    link.state = call.body.state as LinkState;
    this.decided.push(`${node} ${link.target} ${link.state}`);
  }

  /** A row of the board. */
  row(
    text: string,
    votes: number,
    links: BoardRow["links"] = [],
    more: Partial<BoardRow> = {},
  ): BoardRow {
    const map = { map: id(1), map_title: "What is missing" };
    const row = {
      ...map,
      node: newId(),
      text,
      kind: null,
      path: ["Topic", "Branch"],
      votes,
      links,
    };
    return { ...row, ...more };
  }
}
