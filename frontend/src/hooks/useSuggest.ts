import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { readSuggestions, type SuggestAsk } from "~/api/cards";
import type { Suggestion } from "~/api/types";

/** What the catalogue offers for some words, as far as it is here. */
export interface Suggested {
  readonly items: readonly Suggestion[];
  /** How the server ranked them; empty until it has. */
  readonly rankedBy: string;
  /** The answer to what is asked now is not here yet; what is shown is older. */
  readonly loading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

const NOTHING: readonly Suggestion[] = [];

/**
 * Asks the catalogue what may fit, once typing pauses. Another question cancels the one before;
 * null asks nothing.
 */
export function useSuggest(ask: SuggestAsk | null, pauseMs: number): Suggested {
  const wanted = ask === null ? null : JSON.stringify(ask);
  const settled = useSettled(wanted, pauseMs);
  const query = useQuery({
    queryKey: ["suggest", settled],
    queryFn: ({ signal }) => readSuggestions(JSON.parse(settled ?? "{}") as SuggestAsk, signal),
    enabled: settled !== null && wanted !== null,
    placeholderData: (previous) => previous,
    staleTime: 60_000,
    retry: 1,
  });
  const isAsked = wanted !== null;
  return {
    items: isAsked && query.data && !query.isError ? query.data.items : NOTHING,
    rankedBy: query.data?.ranked_by ?? "",
    loading: isAsked && (wanted !== settled || query.isPending || query.isPlaceholderData),
    error: isAsked && query.isError ? query.error : null,
    retry: () => void query.refetch(),
  };
}

/** A value once it has stayed the same for a while; the first one at once. */
function useSettled(value: string | null, pauseMs: number): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return;
    const timer = setTimeout(() => setSettled(value), settled === null ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [value, settled, pauseMs]);
  return settled;
}
