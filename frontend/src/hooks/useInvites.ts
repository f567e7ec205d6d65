import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createInvite, listInvites, revokeInvite } from "~/api/invites";
import type { NewInvite } from "~/api/types";
import { useList } from "./useList";

/** The invites of a session; `every` milliseconds it looks how many have come. */
export function useInvites(session: string, every?: number) {
  return useList(["invites", session], () => listInvites(session), { every });
}

/** Makes a join link. */
export function useCreateInvite(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<NewInvite, "session">) => createInvite({ session, ...body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["invites", session] }),
  });
}

/** Ends a join link. */
export function useRevokeInvite(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, guests }: { id: string; guests: boolean }) => revokeInvite(id, guests),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["invites", session] }),
        client.invalidateQueries({ queryKey: ["participants", session] }),
      ]),
  });
}
