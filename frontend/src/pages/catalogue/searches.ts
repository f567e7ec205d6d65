/** What the addresses of the search page and of the tags say. Apart from the pages, so that the routes load none. */

/** What can be searched. */
export const KINDS = ["gap", "solution", "evidence", "node"] as const;
/** One of {@link KINDS}. */
export type SearchKind = (typeof KINDS)[number];

/** Words, and where to search; everywhere where nothing is said. */
export interface EverythingSearch {
  q?: string | undefined;
  in?: SearchKind[] | undefined;
}

/** Words, and a scheme; `-` for tags of none. */
export interface TagSearch {
  q?: string | undefined;
  scheme?: string | undefined;
}

const wordsOf = (raw: Record<string, unknown>): { q?: string } =>
  (typeof raw.q === "string" || typeof raw.q === "number") && raw.q !== ""
    ? { q: String(raw.q) }
    : {};

/** Reads an address that anyone may have typed. */
export function readEverythingSearch(raw: Record<string, unknown>): EverythingSearch {
  const said = Array.isArray(raw.in) ? raw.in : [];
  const kinds = KINDS.filter((it) => said.includes(it));
  const some = kinds.length > 0 && kinds.length < KINDS.length;
  return { ...wordsOf(raw), ...(some && { in: kinds }) };
}

/** Reads an address that anyone may have typed. */
export function readTagSearch(raw: Record<string, unknown>): TagSearch {
  const isSaid = typeof raw.scheme === "string" && raw.scheme !== "";
  return { ...wordsOf(raw), ...(isSaid && { scheme: String(raw.scheme) }) };
}
