/**
 * The way through the pages of a list. The server gives the cursor of the next page and none of the one before, so
 * this tab remembers where the pages began that it has seen.
 */
import { type ListSearch, narrowed } from "~/pages/catalogue/search";

const MOST = 50;
const trails = new Map<string, (string | undefined)[]>();

const nameOf = (kind: string, search: ListSearch) =>
  `${kind} ${JSON.stringify(Object.entries(narrowed(search, {})).sort())}`;

/** Where one can go from a page of a list. */
export interface Ways {
  page: number;
  /** None on the first page, and where this tab has not seen the page before. */
  previous: ListSearch | null;
  next: ListSearch | null;
}

/** Notes where this page began, and tells the ways from it. */
export function waysFrom(kind: string, search: ListSearch, next: string | null): Ways {
  const page = search.after === undefined ? 1 : (search.page ?? 2);
  const name = nameOf(kind, search);
  const trail = trails.get(name) ?? [];
  trail[page] = search.after;
  trails.delete(name);
  trails.set(name, trail);
  const [oldest] = trails.keys();
  if (trails.size > MOST && oldest !== undefined) trails.delete(oldest);
  const first = narrowed(search, {});
  const before = trail[page - 1];
  const known = page === 2 || before !== undefined;
  return {
    page,
    previous:
      page === 1 || !known
        ? null
        : { ...first, ...(before !== undefined && { after: before, page: page - 1 }) },
    next: next === null ? null : { ...first, after: next, page: page + 1 },
  };
}
