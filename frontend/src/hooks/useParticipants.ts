import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import {
  eraseParticipant,
  listParticipants,
  listPeople,
  removeParticipant,
} from "~/api/participants";
import type { MapAuthor } from "~/api/types";
import { useList } from "./useList";

/** The participants of a session; `every` milliseconds it looks who has come. */
export function useParticipants(session: string, every?: number) {
  return useList(["participants", session], (cursor) => listParticipants(session, cursor), {
    every,
  });
}

/** The pseudonyms, by participant id, of those who may have written in a map and whom one is told of. */
export function usePeople(map: string): (id: string) => string | undefined {
  const { data } = useQuery({ queryKey: ["people", map], queryFn: () => allPeople(map) });
  const names = useMemo(() => new Map(data?.map((it) => [it.id, it.pseudonym])), [data]);
  return useCallback((id) => names.get(id), [names]);
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

/** Erases who a participant is. */
export function useEraseParticipant(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => eraseParticipant(id),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["participants", session] }),
        client.invalidateQueries({ queryKey: ["people"] }),
      ]),
  });
}
