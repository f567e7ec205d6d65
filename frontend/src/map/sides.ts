/**
 * Which side of the central topic each main branch grows on.
 *
 * A function of order and time of making alone (not of size or folding, which change all the
 * time and differ from person to person), so that people in one room see a branch on the same side.
 */

/** 1 is right of the central topic, -1 left. */
export type Side = 1 | -1;

/** The first branches stand together on the right: somebody writes them one after the other. */
const FIRST_RIGHT = 3;

/**
 * Gives a side to each branch that has none; a branch that has one keeps it.
 *
 * Branches are taken as they were made. One that was put between others joins the one before it;
 * those put at the end fill the emptier side, after the first few on the right. Branches made at the same moment (an import, a
 * paste) stay together in reading order: first right, then left.
 */
export function assignSides(
  branches: readonly string[],
  sides: Map<string, Side>,
  madeAt: (id: string) => number,
): void {
  const batches = new Map<number, string[]>();
  for (const id of branches) {
    if (!sides.has(id)) {
      const at = madeAt(id);
      const batch = batches.get(at);
      if (batch) {
        batch.push(id);
      } else {
        batches.set(at, [id]);
      }
    }
  }
  for (const at of [...batches.keys()].sort((a, b) => a - b)) {
    placeBatch(branches, sides, batches.get(at) ?? []);
  }
}

function placeBatch(
  branches: readonly string[],
  sides: Map<string, Side>,
  batch: readonly string[],
): void {
  const fresh = new Set(batch);
  const lastPlaced = branches.findLastIndex((id) => sides.has(id));
  let right = 0;
  let left = 0;
  let before: Side | undefined;
  const waiting: string[] = [];
  branches.forEach((id, index) => {
    const known = sides.get(id);
    if (known !== undefined) {
      before = known;
    } else if (fresh.has(id) && index < lastPlaced) {
      before ??= firstSide(branches, sides);
      sides.set(id, before);
    } else if (fresh.has(id)) {
      waiting.push(id);
    }
    const side = sides.get(id);
    right += side === 1 ? 1 : 0;
    left += side === -1 ? 1 : 0;
  });
  const even = Math.ceil((waiting.length + left - right) / 2);
  const toRight = waiting.length === 1 && right < FIRST_RIGHT ? 1 : even;
  waiting.forEach((id, index) => {
    sides.set(id, index < toRight ? 1 : -1);
  });
}

function firstSide(branches: readonly string[], sides: Map<string, Side>): Side {
  const first = branches.find((id) => sides.has(id));
  return (first !== undefined && sides.get(first)) || 1;
}
