import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
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

/** Joins by a code. */
export function useJoin(code: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => join(code, name),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["me"] }),
        client.invalidateQueries({ queryKey: ["join", code] }),
      ]),
  });
}
