/**
 * What stands on a linked node: one chip, with the computed state of what it is linked to. Knows
 * cards and words, and nothing of how chips are drawn.
 */
import type { Card, LinkState } from "~/api/types";
import type { LinkCards } from "~/hooks/useCards";
import type { MapNode } from "~/map/model";
import type { NodeId } from "~/map/schema";

/** The words of chips, in the page's language. */
export interface ChipWords {
  gap(): string;
  solution(): string;
  solutions(count: number): string;
  bestTrl(trl: string): string;
  none(): string;
  trl(trl: string): string;
  gaps(count: number): string;
  standing(state: LinkState): string;
}

/** One chip, ready to be drawn. */
export interface Chip {
  readonly kind: "gap" | "solution" | "many";
  readonly standing: LinkState;
  /** What is to be read on it. */
  readonly text: string;
  /** All of it in words, for who hears it, or points at it. */
  readonly label: string;
}

/** Which kind of record a target names. */
export function kindOf(target: string): "gap" | "solution" {
  return target.startsWith("gap:") ? "gap" : "solution";
}

/** A range of TRL as people write it; empty where nothing is stated. */
export function trlText(trl: Card["trl"]): string {
  const low = trl?.low ?? trl?.high;
  const high = trl?.high ?? trl?.low;
  if (low === undefined || low === null) return "";
  return low === high ? String(low) : `${low}-${high}`;
}

/** What is computed of a card: how a gap is served, how far a solution is. */
export function stateText(card: Card, words: ChipWords): string {
  // Nothing is known of it, or nothing may be: that is not the same as no solution.
  if (card.state === "unknown" || card.state === "withheld") return "";
  if (card.kind === "solution") {
    const trl = trlText(card.trl);
    return trl === "" ? "" : words.trl(trl);
  }
  if (!card.solutions) return words.none();
  const best = card.best_trl ? `, ${words.bestTrl(String(card.best_trl))}` : "";
  return words.solutions(card.solutions) + best;
}

/** A card in one line: its number, and what is computed of it. */
export function cardText(card: Card, words: ChipWords): string {
  return [card.handle || words[kindOf(card.target)](), stateText(card, words)]
    .filter(Boolean)
    .join(" · ");
}

/** Gives nodes their chips. The same chip for a node until it or a card changes. */
export class Chips {
  private readonly made = new WeakMap<MapNode, Chip | null>();

  constructor(
    private readonly cards: Pick<LinkCards, "card" | "standing">,
    private readonly words: ChipWords,
  ) {}

  /** The chip of a node; null where it is linked to nothing. */
  of(node: MapNode): Chip | null {
    if (node.links.length === 0) return null;
    let chip = this.made.get(node);
    if (chip === undefined) {
      chip = this.make(node);
      this.made.set(node, chip);
    }
    return chip;
  }

  private make({ id, links }: MapNode): Chip | null {
    const targets = links.map(({ target }) => target);
    const [only] = targets;
    if (only === undefined) return null;
    if (targets.length === 1) return this.single(id, only);
    const { words } = this;
    const standings = targets.map((target) => this.cards.standing(id, target));
    const counted = targets.filter((_, n) => standings[n] !== "rejected");
    const gaps = counted.filter((target) => kindOf(target) === "gap").length;
    const solutions = counted.length - gaps;
    const text = [gaps > 0 && words.gaps(gaps), solutions > 0 && words.solutions(solutions)];
    const standing = standings.every((it) => it === "rejected")
      ? "rejected"
      : standings.every((it) => it !== "proposed")
        ? "confirmed"
        : "proposed";
    return {
      kind: "many",
      standing,
      text: text.filter(Boolean).join(", ") || words.standing("rejected"),
      label: targets.map((target) => this.single(id, target).label).join("; "),
    };
  }

  private single(id: NodeId, target: string): Chip {
    const { words } = this;
    const kind = kindOf(target);
    const standing = this.cards.standing(id, target);
    const card = this.cards.card(target);
    const text = card ? cardText(card, words) : words[kind]();
    const parts = [text, card?.title, words.standing(standing)];
    return { kind, standing, text, label: parts.filter(Boolean).join(", ") };
  }
}

/** Whether two chips look and sound the same. */
export function isSameChip(a: Chip | null, b: Chip | null): boolean {
  if (a === b || !a || !b) return a === b;
  return a.text === b.text && a.label === b.label && a.standing === b.standing && a.kind === b.kind;
}

/** Chips of a map without its cards: how much a node is linked to, and no more. */
export function plainChips(words: (count: number) => string): { of(node: MapNode): Chip | null } {
  return {
    of: ({ links }) => {
      if (links.length === 0) return null;
      const text = words(links.length);
      return { kind: "many", standing: "proposed", text, label: text };
    },
  };
}
