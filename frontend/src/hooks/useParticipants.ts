import { useMutation, useQueryClient } from "@tanstack/react-query";
import { listParticipants, removeParticipant } from "~/api/participants";
import { useList } from "./useList";

/** The participants of a session; `every` milliseconds it looks who has come. */
export function useParticipants(session: string, every?: number) {
  return useList(["participants", session], (cursor) => listParticipants(session, cursor), {
    every,
  });
}

/** Removes a participant from a session. */
export function useRemoveParticipant(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => removeParticipant(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["participants", session] }),
  });
}
