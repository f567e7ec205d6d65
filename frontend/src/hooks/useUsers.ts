import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { NewUser, UserChange } from "~/api/types";
import { changeUser, createUser, listUsers } from "~/api/users";
import { useList } from "./useList";

/** The accounts whose name or address matches `q`. */
export function useUsers(q: string) {
  return useList(["users", q], (cursor) => listUsers({ q: q || undefined, cursor }));
}

/** Makes an account. */
export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUser) => createUser(body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["users"] }),
  });
}

/** Changes an account's role, or shuts and opens it. */
export function useChangeUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UserChange & { id: string }) => changeUser(id, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["users"] }),
  });
}
