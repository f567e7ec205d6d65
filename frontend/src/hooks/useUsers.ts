import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { NewUser, UserChange, UsersQuery } from "~/api/types";
import { changeUser, createSignInLink, createUser, listUsers } from "~/api/users";
import { useList } from "./useList";

/** The accounts, narrowed by `filter`. */
export function useUsers(filter: Omit<UsersQuery, "cursor">) {
  return useList(["users", filter], (cursor) => listUsers({ ...filter, cursor }));
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

/** Makes a link by which somebody signs in once. */
export function useSignInLink() {
  return useMutation({ mutationFn: createSignInLink });
}
