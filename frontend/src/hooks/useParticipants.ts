import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { listParticipants, listPeople, removeParticipant } from "~/api/participants";
import type { MapAuthor } from "~/api/types";
import { useList } from "./useList";

/** The participants of a session; `every` milliseconds it looks who has come. */
export function useParticipants(session: string, every?: number) {
  return useList(["participants", session], (cursor) => listParticipants(session, cursor), {
    every,
  });
}

/** The pseudonyms of those who may have written in a map, by participant id. */
export function usePeople(map: string): (id: string) => string | undefined {
  const { data } = useQuery({ queryKey: ["people", map], queryFn: () => allPeople(map) });
  const names = useMemo(() => namesOf(data ?? []), [data]);
  return useCallback((id) => names.get(id), [names]);
}

/** Those whose names the session shows to whoever asks. */
function namesOf(people: readonly MapAuthor[]): ReadonlyMap<string, string> {
  const named = people.flatMap(({ id, pseudonym }) =>
    pseudonym ? [[id, pseudonym] as const] : [],
  );
  return new Map(named);
}

async function allPeople(map: string): Promise<MapAuthor[]> {
  const people: MapAuthor[] = [];
  let cursor: string | undefined;
  do {
    const page = await listPeople(map, cursor);
    people.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return people;
}

/** Removes a participant from a session. */
export function useRemoveParticipant(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => removeParticipant(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["participants", session] }),
  });
}
