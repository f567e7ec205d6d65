import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { join, readJoin } from "~/api/invites";

/** What a code leads to. While `waiting` it looks again every few seconds whether a map is there. */
export function useJoinOffer(code: string, waiting: boolean) {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ["join", code, i18n.language],
    queryFn: () => readJoin(code, i18n.language),
    // What was read in another language stays until this one is there.
    placeholderData: (previous) => previous,
    // Every look comes with a pseudonym of its own; a look behind one's back must not change the one on offer.
    refetchOnWindowFocus: false,
    refetchInterval: waiting ? 4000 : false,
    staleTime: 0,
  });
}

/** Another pseudonym for the same code. */
export function useOtherPseudonym(code: string) {
  const { i18n } = useTranslation();
  return useMutation({
    mutationFn: () => readJoin(code, i18n.language).then((offer) => offer.pseudonym),
  });
}

/** How often joining knocks again at a server that has no room at the moment. */
const TRIES = 4;

/** A hall full of people comes in at the same moment: whoever finds no room knocks again by itself. */
const isFull = (error: unknown): boolean => error instanceof ApiError && error.status === 503;

/** Joins by a code. */
export function useJoin(code: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => join(code, name),
    retry: (failures, error) => failures < TRIES && isFull(error),
    // Not all at the same moment again.
    retryDelay: (failures) => (0.5 + Math.random()) * 1_000 * 2 ** failures,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["me"] }),
        client.invalidateQueries({ queryKey: ["join", code] }),
      ]),
  });
}
