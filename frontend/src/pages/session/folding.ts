/**
 * What this person has folded in each map, remembered in this browser.
 */

import type { NodeId } from "~/map/schema";

/** Folds beyond this many are not worth remembering one by one. */
const MOST = 5_000;

const keyOf = (map: string): string => `gapmap.folded.${map}`;

/** The folds of a map; none where the browser keeps nothing. */
export function readFolds(map: string): NodeId[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(map)) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers the folds of a map. */
export function writeFolds(map: string, folded: ReadonlySet<NodeId>): void {
  try {
    if (folded.size === 0) {
      localStorage.removeItem(keyOf(map));
    } else {
      localStorage.setItem(keyOf(map), JSON.stringify([...folded].slice(0, MOST)));
    }
  } catch {
    // A private window or a full disk: folding works all the same until the page is closed.
  }
}
