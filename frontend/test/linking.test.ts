/** What linking shows and offers: chips on nodes, lines of the palette, rows of the board. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Card, LinkState, Suggestion } from "~/api/types";
import { createUndo, nextReach, removeLink, setKind, setLink } from "~/map/commands";
import { asTarget } from "~/map/schema";
import { boardRows } from "~/pages/session/link/boardRows";
import { Chips, type ChipWords, isSameChip } from "~/pages/session/link/chips";
import { marked, NO_FILTER, optionsOf } from "~/pages/session/link/options";
import { Permits } from "~/pages/session/permits";
import { readStage } from "~/sync/sessionState";
import { AUTHOR, copyOf, exchange, mapOf } from "./maps";
import { gapCard, MockLinks, solutionCard } from "./mockLinks";

const WORDS: ChipWords = {
  gap: () => "Gap",
  solution: () => "Solution",
  gaps: (n) => `${n} gaps`,
  solutions: (n) => `${n} solutions`,
  bestTrl: (trl) => `best TRL ${trl}`,
  none: () => "no solution yet",
  trl: (trl) => `TRL ${trl}`,
  standing: (state) => state,
};

const [GAP, BARE, SOLUTION, SCANNER] = new MockLinks().catalogue as [Card, Card, Card, Card];

function target(card: Card) {
  const found = asTarget(card.target);
  if (!found) throw new Error(card.target);
  return found;
}

/** The chip of a node that is linked to these. */
function chipOf(cards: readonly Card[], standing: LinkState = "proposed", known = cards) {
  const { doc, model, at } = mapOf("idea");
  for (const card of cards) setLink(doc, AUTHOR, at("idea"), target(card));
  const card = (id: string) => known.find((it) => it.target === id);
  const node = model.node(at("idea"));
  return node ? new Chips({ card, standing: () => standing }, WORDS).of(node) : null;
}

describe("a chip", () => {
  it.each([
    [[GAP], "GAP-12 · 3 solutions, best TRL 8"],
    [[BARE], "GAP-13 · no solution yet"],
    [[SOLUTION], "SOL-34 · TRL 7-8"],
    [[solutionCard(36, "A practice", { trl: null })], "SOL-36"],
    [[gapCard(14, "", { state: "withheld" })], "GAP-14"],
    [[gapCard(15, "", { state: "unknown", handle: "" })], "Gap"],
    [[GAP, BARE, SOLUTION], "2 gaps, 1 solutions"],
  ])("says what is computed: %#", (cards, text) => {
    expect(chipOf(cards)?.text).toBe(text);
  });

  it("says in words what its frame shows, and which records it stands for", () => {
    expect(chipOf([GAP], "confirmed")?.label).toBe(
      "GAP-12 · 3 solutions, best TRL 8, Find help at night, confirmed",
    );
    expect(chipOf([GAP, SOLUTION])?.label).toContain("Helpline in five languages, proposed");
  });

  it("names only the kind until the card is there, and then is another", () => {
    const before = chipOf([GAP], "proposed", []);
    expect(before?.text).toBe("Gap");
    expect(isSameChip(before, chipOf([GAP]))).toBe(false);
    expect(isSameChip(chipOf([GAP]), chipOf([GAP]))).toBe(true);
  });
});

const offered = (card: Card, matched: string[] = []): Suggestion => ({
  ...card,
  summary: "",
  matched,
  score: 1,
});

const handles = (sources: Partial<Parameters<typeof optionsOf>[0]>) =>
  optionsOf({
    suggested: [],
    known: [],
    linked: [],
    typed: "",
    filter: NO_FILTER,
    offline: false,
    ...sources,
  }).map(({ card }) => card.handle);

describe("the palette's lines", () => {
  it("are what is offered, and after it what is linked already", () => {
    const known = [GAP, BARE, SOLUTION];
    const suggested = [offered(BARE), offered(SOLUTION)];

    expect(handles({ suggested, known, linked: [GAP.target, BARE.target] })).toEqual([
      "GAP-13",
      "SOL-34",
      "GAP-12",
    ]);
  });

  it("are narrowed by kind, and by TRL and market to solutions", () => {
    const suggested = [GAP, SOLUTION, SCANNER].map((card) => offered(card));

    expect(handles({ suggested, filter: { ...NO_FILTER, kind: "gap" } })).toEqual(["GAP-12"]);
    expect(handles({ suggested, filter: { ...NO_FILTER, trl: 5 } })).toEqual(["SOL-34", "SOL-35"]);
    expect(handles({ suggested, filter: { ...NO_FILTER, trl: 6 } })).toEqual(["SOL-34"]);
    expect(handles({ suggested, filter: { ...NO_FILTER, market: "available_public" } })).toEqual([
      "SOL-34",
    ]);
  });

  it("begin with the record whose number was typed", () => {
    const suggested = [offered(SOLUTION)];

    expect(handles({ suggested, known: [GAP, BARE], typed: "gap 13" })).toEqual([
      "GAP-13",
      "SOL-34",
    ]);
  });

  it("are what is known here, by its words, while nobody can be asked", () => {
    const known = [GAP, BARE, SOLUTION];

    expect(handles({ known, typed: "help", offline: true })).toEqual(["GAP-12", "SOL-34"]);
    expect(handles({ known, typed: "helicopter", offline: true })).toEqual([]);
  });

  it("mark the words that were matched, their endings and accents aside", () => {
    expect(marked("Prévention of harm, at night", ["prevent", "nights"])).toEqual([
      { text: "Prévention", isMatch: true },
      { text: " of harm, at ", isMatch: false },
      { text: "night", isMatch: true },
    ]);
  });
});

describe("a link", () => {
  it("that two people make at the same time is one link", () => {
    const { doc, model, at } = mapOf("idea");
    const there = copyOf(doc);
    setLink(doc, AUTHOR, at("idea"), target(GAP));
    setLink(there, { id: "other" }, at("idea"), target(GAP));
    exchange(doc, there);

    expect(model.node(at("idea"))?.links).toHaveLength(1);
  });

  it("is another when somebody says how well it fits", () => {
    const { doc, model, at } = mapOf("idea");
    setLink(doc, AUTHOR, at("idea"), target(GAP));
    const there = copyOf(doc);
    const before = model.node(at("idea"));
    setLink(there, AUTHOR, at("idea"), target(GAP), "good");
    exchange(doc, there);

    expect(model.node(at("idea"))).not.toBe(before);
    expect(model.node(at("idea"))?.links[0]?.fit).toBe("good");
  });

  it("with nonsense in it is read as a link, and to nonsense is none", () => {
    const { doc, model, at } = mapOf("idea");
    const links = new Y.Map<unknown>([[GAP.target, "nonsense"]]);
    doc.getMap<Y.Map<unknown>>("nodes").get(at("idea"))?.set("links", links);

    expect(model.node(at("idea"))?.links).toEqual([
      { target: GAP.target, fit: null, by: "", at: 0 },
    ]);
    expect(
      ["gap:", "gap:x", "evidence:0199f3a0-0000-7000-8000-000000000001"].map(asTarget),
    ).toEqual([null, null, null]);
  });

  it("may be taken back where a round allows linking and nothing else", () => {
    const { doc, model, at } = mapOf("idea");
    const undo = createUndo(doc);
    const grants = { add: false, edit: "none", link: true, vote: false };
    const session = { phase: "live", locked: false, epoch: 1, ...readStage({ grants }) };
    const permits = new Permits(model, {
      ...{ rights: "edit", facilitates: false, me: "me", session },
      nextReach: (what) => nextReach(undo, what),
    });
    setKind(doc, [at("idea")], "gap");
    expect(permits.ofCommand("undo", [])).toBe("change");

    setLink(doc, AUTHOR, at("idea"), target(GAP));
    expect(permits.ofCommand("undo", [])).toBeNull();
    undo.undo();
    expect(model.node(at("idea"))?.links).toEqual([]);
    expect([permits.ofCommand("undo", []), permits.ofCommand("redo", [])]).toEqual([
      "change",
      null,
    ]);
    undo.redo();
    removeLink(doc, at("idea"), target(GAP));
    undo.undo();
    expect(model.node(at("idea"))?.links).toHaveLength(1);
  });

  it("may be made where the round says so, and not in a locked branch", () => {
    const { model, at } = mapOf("idea");
    const why = (stage: Record<string, unknown>) =>
      new Permits(model, {
        ...{ rights: "edit", facilitates: false, me: "me" },
        session: { phase: "live", locked: false, epoch: 1, ...readStage(stage) },
      }).ofCommand("links", [at("idea")]);
    const grants = { add: false, edit: "none", vote: false };

    expect(why({ grants: { ...grants, link: true } })).toBeNull();
    expect(why({ grants: { ...grants, link: false } })).toBe("link");
    expect(why({ locks: [at("idea")] })).toBe("branch");
  });
});

it("lists the ideas of a map by votes, within a filter", () => {
  const { doc, model, at } = mapOf("theme\n\tfirst\n\tsecond\n\tthird");
  setLink(doc, AUTHOR, at("second"), target(GAP));
  setLink(doc, AUTHOR, at("third"), target(BARE));
  const cards = {
    card: (id: string) => [GAP, BARE].find((it) => it.target === id),
    standing: (_: string, id: string): LinkState => (id === GAP.target ? "confirmed" : "proposed"),
  };
  const tallies = { [at("third")]: 5, [at("first")]: 2 };
  const texts = (filter: Parameters<typeof boardRows>[0]["filter"]) =>
    boardRows({ map: "m", model, tallies, cards, filter }).map(({ text }) => text);

  expect(texts("all")).toEqual(["third", "first", "theme", "second"]);
  expect(texts("none")).toEqual(["first", "theme"]);
  expect(texts("proposed")).toEqual(["third"]);
  expect(texts("confirmed")).toEqual(["second"]);
});
