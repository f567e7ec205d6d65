/** What the address of the coverage page says. */
import type { MatrixQuery } from "~/api/types";
import { ORDERS, type Order } from "./matrix";

/** How many gaps the matrix shows at most. */
export const MOST = 200;

const WORDS = ["group", "thor", "tag", "light", "state"] as const;

/** The filters and the look of the matrix. */
export type CoverageSearch = { [Key in (typeof WORDS)[number]]?: string | undefined } & {
  view?: "table" | undefined;
  size?: "s" | undefined;
  order?: Order | undefined;
};

/** Reads an address that anyone may have typed. */
export function readCoverageSearch(raw: Record<string, unknown>): CoverageSearch {
  const search: CoverageSearch = {};
  for (const key of WORDS) {
    const value = raw[key];
    if (typeof value === "string" && value !== "") search[key] = value;
  }
  const order = ORDERS.find((it) => it === raw.order);
  if (order !== undefined && order !== ORDERS[0]) search.order = order;
  if (raw.view === "table") search.view = raw.view;
  if (raw.size === "s") search.size = raw.size;
  return search;
}

/** As the server takes it. */
export function matrixQueryOf({
  view: _,
  size: __,
  order: ___,
  ...filters
}: CoverageSearch): MatrixQuery {
  return { ...filters, limit: MOST } as MatrixQuery;
}
