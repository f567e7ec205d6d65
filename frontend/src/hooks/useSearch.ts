import { listMentions, search } from "~/api/search";
import type { Hit, Mention, SearchQuery } from "~/api/types";
import { useList } from "./useList";

/** What has these words, in all of the product. Nothing is asked before there are words. */
export function useSearch(query: Omit<SearchQuery, "cursor">) {
  const read = (cursor: string | undefined) => search({ ...query, cursor });
  return useList<Hit>(["catalogue", "search", query], read, { enabled: query.q !== "" });
}

/** Every node that names a gap or a solution. */
export function useMentions(kind: "gap" | "solution", id: string) {
  const read = (cursor: string | undefined) => listMentions(kind, id, cursor);
  return useList<Mention>(["catalogue", kind, "mentions", id], read);
}
