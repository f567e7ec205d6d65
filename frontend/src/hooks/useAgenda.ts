import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  changeAgenda,
  deleteTemplate,
  listTemplates,
  readAgenda,
  saveTemplate,
  stepRound,
} from "~/api/rounds";
import type { Agenda, RoundDraft, Step } from "~/api/types";
import { useList } from "./useList";

const keyOf = (session: string) => ["agenda", session];

/** A session's agenda. `mark` is what the room says of the round: another one, and it is read again. */
export function useAgenda(session: string, mark = "") {
  return useQuery({
    queryKey: [...keyOf(session), mark],
    queryFn: () => readAgenda(session),
    placeholderData: (before) => before,
  });
}

/** Writes an agenda anew. When somebody else was first, the newest one is read. */
export function useChangeAgenda(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, rounds }: { version: number; rounds: readonly RoundDraft[] }) =>
      changeAgenda(session, version, rounds),
    onSuccess: (agenda: Agenda) => {
      client.setQueriesData({ queryKey: keyOf(session) }, agenda);
      return client.invalidateQueries({ queryKey: ["sessions", "one", session] });
    },
    onError: () => client.invalidateQueries({ queryKey: keyOf(session) }),
  });
}

/** Goes through the agenda. */
export function useStep(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: Step) => stepRound(session, step),
    onSuccess: (agenda: Agenda) => {
      client.setQueriesData({ queryKey: keyOf(session) }, agenda);
      return client.invalidateQueries({ queryKey: ["sessions", "one", session] });
    },
    onError: () => client.invalidateQueries({ queryKey: keyOf(session) }),
  });
}

/** What sessions begin with. */
export function useTemplates() {
  return useList(["templates"], listTemplates);
}

/** Saves a session as a template. */
export function useSaveTemplate(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => saveTemplate(name, session),
    onSuccess: () => client.invalidateQueries({ queryKey: ["templates"] }),
  });
}

/** Deletes a saved template. */
export function useDeleteTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteTemplate(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["templates"] }),
  });
}
