/**
 * What was left unsent in a browser that keeps nothing (private windows): it waits in the page for
 * its map to be opened again, whatever else the app shows meanwhile.
 */
import type { AsideText } from "~/sync/aside";
import type { Kept } from "~/sync/kept";
import { watchPage } from "~/sync/page";

/** A map as its author left it. */
export interface Left extends Kept {
  readonly aside: readonly AsideText[];
}

/** By map: who leaves one has taken what was there. */
const waiting = new Map<string, Left>();
let stopWatching = () => {};

/** Leaves a map, if there is anything to lose; until it is taken again, the browser asks before it closes the page. */
export function leave(map: string, left: Left): void {
  if (left.entries.length === 0 && left.aside.length === 0) return;
  stopWatching();
  waiting.set(map, left);
  const wouldLose = () => waiting.size > 0;
  stopWatching = watchPage({ onWake: () => {}, onHide: () => {}, wouldLose });
}

/** Takes what this participant left of a map. */
export function takeLeft(map: string, participant: string | undefined): Left | null {
  const left = waiting.get(map);
  if (left?.participant !== participant) return null;
  waiting.delete(map);
  return left ?? null;
}

/** What was left of a map, by whomever. */
export function leftOf(map: string): Left | null {
  return waiting.get(map) ?? null;
}

/** How many edits and texts wait, of whichever map. */
export function countLeft(): number {
  const counts = [...waiting.values()].map(({ entries, aside }) => entries.length + aside.length);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Forgets what was left of a map, or with null of every map. */
export function forgetLeft(map: string | null): void {
  if (map === null) waiting.clear();
  else waiting.delete(map);
}
