/**
 * Which side of the central topic each main branch grows on.
 *
 * A fact of the document: a branch's place says it. Where it does not (older maps, other clients,
 * what the server makes), it follows from the document alone, so that every page shows the same.
 */
import type { NodeId, SideWord } from "~/map/schema";

/** 1 is right of the central topic, -1 left. */
export type Side = 1 | -1;

/** The first branches stand together on the right: somebody writes them one after the other. */
const FIRST_RIGHT = 3;

/** A main branch, in the trash or not. */
export interface Branch {
  readonly id: NodeId;
  /** When it was made, in milliseconds; 0 where that is not known. */
  readonly at: number;
  /** The side that its place says. */
  readonly said: Side | undefined;
}

/** The side for a word, and the word for a side. */
export const sideOfWord = (word: SideWord): Side => (word === "left" ? -1 : 1);
export const wordOfSide = (side: Side): SideWord => (side < 0 ? "left" : "right");

/** The sides of all main branches, those in the trash included: coming back they take them again. */
export class Sides {
  private readonly sides = new Map<NodeId, Side>();
  /** Branches whose place says no side. */
  private readonly silent = new Map<NodeId, Branch>();
  /** Branches whose place says one: theirs follow from nothing else. */
  private readonly vocal = new Map<NodeId, Branch>();

  /** The side of a branch. */
  of(branch: NodeId): Side {
    return this.sides.get(branch) ?? 1;
  }

  /** Takes nodes in that changed: null where one is no main branch. Gives those whose side is another. */
  update(changed: Iterable<readonly [NodeId, Branch | null]>): NodeId[] {
    const others: NodeId[] = [];
    const put = (id: NodeId, side: Side) => {
      if (this.sides.get(id) !== side) others.push(id);
      this.sides.set(id, side);
    };
    for (const [id, branch] of changed) {
      this.silent.delete(id);
      this.vocal.delete(id);
      if (branch?.said) put(id, branch.said);
      else this.sides.delete(id);
      if (branch) (branch.said ? this.vocal : this.silent).set(id, branch);
    }
    if (this.silent.size === 0) return others;
    const inTurn = sidesInTurn([...this.silent.values(), ...this.vocal.values()]);
    for (const id of this.silent.keys()) put(id, inTurn.get(id) ?? 1);
    return others;
  }
}

/**
 * The side that each branch would have got when it was made, had none been moved or deleted since: so
 * nothing that is done to one branch moves another.
 */
export function sidesInTurn(branches: readonly Branch[]): Map<NodeId, Side> {
  const sides = new Map<NodeId, Side>();
  const inTurn = [...branches].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  let right = 0;
  for (let from = 0, to = 0; from < inTurn.length; from = to) {
    while (inTurn[to]?.at === inTurn[from]?.at) to++;
    const batch = inTurn.slice(from, to);
    const got = sidesAtEnd(right, from - right, batch.length);
    batch.forEach(({ id }, n) => {
      const side = got[n] ?? 1;
      right += side > 0 ? 1 : 0;
      sides.set(id, side);
    });
  }
  return sides;
}

/**
 * The sides that new branches get beside those that are shown, in order. Put between others they
 * join the one before; at the end they fill the emptier side, after the first few on the right.
 */
export function sidesOfNew(shown: readonly Side[], at: number, count: number): Side[] {
  if (at < shown.length) return new Array<Side>(count).fill(shown[at - 1] ?? shown[0] ?? 1);
  const right = shown.filter((side) => side > 0).length;
  return sidesAtEnd(right, shown.length - right, count);
}

/** Those that come together (an import, a paste) stay in reading order: first right, then left. */
function sidesAtEnd(right: number, left: number, count: number): Side[] {
  const areFew = count === 1 ? right < FIRST_RIGHT : right + left + count <= FIRST_RIGHT;
  const toRight = areFew ? count : Math.ceil((count + left - right) / 2);
  return Array.from({ length: count }, (_, n) => (n < toRight ? 1 : -1));
}
