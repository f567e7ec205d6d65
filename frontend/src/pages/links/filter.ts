/** What the Links board shows: all ideas, those without a link, or those whose links are so decided. */
import type { BoardRow } from "~/api/types";

/** The ways to narrow the board. */
export const BOARD_FILTERS = ["all", "none", "proposed", "confirmed"] as const;
/** One of {@link BOARD_FILTERS}. */
export type BoardFilter = (typeof BOARD_FILTERS)[number];

/** A word of an address as a filter. */
export function readFilter(word: unknown): BoardFilter {
  return BOARD_FILTERS.find((it) => it === word) ?? "all";
}

/** Whether a row is within a filter. */
export function isWithin({ links }: Pick<BoardRow, "links">, filter: BoardFilter): boolean {
  if (filter === "all") return true;
  return filter === "none" ? links.length === 0 : links.some(({ state }) => state === filter);
}
