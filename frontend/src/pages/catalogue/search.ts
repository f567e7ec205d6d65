/** The filters of the catalogue's lists, as the address holds them. */

/** What an address may carry for a list of this kind; what is not said narrows nothing. */
export const LIST_KEYS = {
  gap: ["coverage", "state", "group", "thor", "tag", "tlp", "fits", "evidence"],
  solution: [
    "kind",
    "market",
    "trl_min",
    "lifecycle",
    "state",
    "tag",
    "tlp",
    "stale",
    "fits",
    "evidence",
  ],
  fit: ["state", "degree", "tlp"],
  evidence: ["conflict", "state", "tlp"],
} as const;

const SORTS = {
  gap: ["newest", "number", "changed", "title", "impact", "urgency", "votes"],
  solution: ["newest", "number", "changed", "title", "trl", "checked"],
  fit: ["newest", "number", "changed"],
  evidence: ["newest", "number", "changed", "title", "checked"],
} as const;

/** A kind of record that has a list. */
export type ListKind = keyof typeof LIST_KEYS;
/** One way to narrow one of the lists. */
export type FilterKey = (typeof LIST_KEYS)[ListKind][number];
/** An order of one of the lists. */
export type Sort = (typeof SORTS)[ListKind][number];

/** What an address of a list says. */
export type ListSearch = { [Key in FilterKey]?: string | undefined } & {
  q?: string | undefined;
  sort?: Sort | undefined;
  /** After which record the page begins, and the how-manieth it is. */
  after?: string | undefined;
  page?: number | undefined;
};

/** The orders of a list; the first needs no saying. */
export const sortsOf = (kind: ListKind): readonly Sort[] => SORTS[kind];

/** Reads an address that anyone may have typed. Whether a value makes sense the server says. */
export function readListSearch(kind: ListKind, raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  for (const key of ["q", "after", ...LIST_KEYS[kind]] as const) {
    const value = raw[key];
    const isWord = ["string", "number", "boolean"].includes(typeof value) && value !== "";
    if (isWord) search[key] = String(value);
  }
  const sort = sortsOf(kind).find((it) => it === raw.sort);
  if (sort !== undefined && sort !== sortsOf(kind)[0]) search.sort = sort;
  if (search.after !== undefined && Number.isInteger(raw.page)) search.page = Number(raw.page);
  return search;
}

/** As the server's lists take it. */
export function queryOf(search: ListSearch): Record<string, string | number | boolean | undefined> {
  const { page: _, after, stale, conflict, trl_min, ...words } = search;
  return {
    ...words,
    ...(stale !== undefined && { stale: stale === "true" }),
    ...(conflict !== undefined && { conflict: conflict === "true" }),
    ...(trl_min !== undefined && { trl_min: Number(trl_min) || 1 }),
    cursor: after,
    limit: 50,
  };
}

/** Another filter begins at the first page again. */
export function narrowed(search: ListSearch, change: ListSearch): ListSearch {
  const { page: _, after: __, ...rest } = { ...search, ...change };
  const said = Object.entries(rest).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(said) as ListSearch;
}

/** The filters that are set, without words and order. */
export const setFilters = (kind: ListKind, search: ListSearch): FilterKey[] =>
  LIST_KEYS[kind].filter((key) => search[key] !== undefined);
