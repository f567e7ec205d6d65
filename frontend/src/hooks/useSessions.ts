import { useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeSession, createSession, listSessions, readSession } from "~/api/sessions";
import type { NewSession, Session, SessionChange, SessionsQuery } from "~/api/types";
import { useList } from "./useList";

/** The sessions that the signed-in account may see, narrowed by `filter`. */
export function useSessions(filter: Omit<SessionsQuery, "cursor">) {
  return useList(["sessions", "list", filter], (cursor) => listSessions({ ...filter, cursor }));
}

/** One session. */
export function useSession(id: string) {
  return useQuery({ queryKey: ["sessions", "one", id], queryFn: () => readSession(id) });
}

/** What sessions are called, by their ids; those that are not here yet are left out. */
export function useSessionTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  const sessions = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["sessions", "one", id],
      queryFn: () => readSession(id),
    })),
  });
  return new Map(sessions.flatMap(({ data }) => (data ? [[data.id, data.title]] : [])));
}

/** Makes a session. */
export function useCreateSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSession) => createSession(body),
    onSuccess: (session) => {
      client.setQueryData(["sessions", "one", session.id], session);
      return client.invalidateQueries({ queryKey: ["sessions", "list"] });
    },
  });
}

/** Changes a session. When somebody else was first, the newest state is read. */
export function useChangeSession(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SessionChange) => changeSession(id, body),
    onSuccess: (session: Session) => {
      client.setQueryData(["sessions", "one", id], session);
      return client.invalidateQueries({ queryKey: ["sessions", "list"] });
    },
    onError: () => client.invalidateQueries({ queryKey: ["sessions", "one", id] }),
  });
}
