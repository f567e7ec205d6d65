/** Searching everything, and where records are named in maps. */
import { answer, api, given } from "./client";
import type { Hit, Mention, Page, SearchQuery } from "./types";

/** A page of what has these words: gaps, solutions, evidence, nodes. */
export const search = (query: SearchQuery): Promise<Page<Hit>> =>
  answer(api.GET("/api/v1/search", { params: { query: given(query) } }));

/** Every node that names a gap or a solution. */
export const listMentions = (
  kind: "gap" | "solution",
  id: string,
  cursor: string | undefined,
): Promise<Page<Mention>> => {
  const params = { path: { id }, query: given({ limit: 20, cursor }) };
  return answer(
    kind === "gap"
      ? api.GET("/api/v1/gaps/{id}/mentions", { params })
      : api.GET("/api/v1/solutions/{id}/mentions", { params }),
  );
};
