/** Searching everything, and where records are named in maps. */
import { answer, api, given } from "./client";
import type { Hit, Mention, Page, SearchQuery } from "./types";

/** A page of what has these words: gaps, solutions, evidence, nodes. */
export const search = (query: SearchQuery): Promise<Page<Hit>> =>
  answer(
    api.GET("/api/v1/search" as Described, { params: { query: given(query) } } as never),
  ) as Promise<Page<Hit>>;

/** Every node that names a gap or a solution. */
export const listMentions = (
  kind: "gap" | "solution",
  id: string,
  cursor: string | undefined,
): Promise<Page<Mention>> => {
  const path = `/api/v1/${kind}s/{id}/mentions` as Described;
  const params = { path: { id }, query: given({ limit: 20, cursor }) };
  return answer(api.GET(path, { params } as never)) as Promise<Page<Mention>>;
};

// These calls are not in the server's description yet: their types are written by hand in types.ts until then.
type Described = never;
