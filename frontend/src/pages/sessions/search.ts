/** The filter of the list of sessions, as the address holds it. */
import type { SessionState } from "~/api/types";

/** The states, in the order a session goes through them. */
export const SESSION_STATES = [
  "draft",
  "scheduled",
  "live",
  "paused",
  "closed",
  "archived",
] as const;
/** The orders a list of sessions can have; the first needs no saying. */
export const SESSION_SORTS = ["newest", "changed", "title"] as const;

/** One of the orders. */
export type SessionSort = (typeof SESSION_SORTS)[number];

/** What the address may carry; nothing that is not said narrows the list. */
export interface SessionSearch {
  q?: string | undefined;
  state?: SessionState | undefined;
  sort?: SessionSort | undefined;
  /** Only what is to be deleted soon. */
  keeping?: "soon" | undefined;
}

/** Reads an address that anyone may have typed: what makes no sense is left out. */
export function readSessionSearch(raw: Record<string, unknown>): SessionSearch {
  const state = SESSION_STATES.find((it) => it === raw.state);
  const sort = SESSION_SORTS.find((it) => it === raw.sort);
  return {
    ...((typeof raw.q === "string" || typeof raw.q === "number") &&
      raw.q !== "" && { q: String(raw.q) }),
    ...(state && { state }),
    ...(sort && { sort }),
    ...(raw.keeping === "soon" && { keeping: "soon" as const }),
  };
}
