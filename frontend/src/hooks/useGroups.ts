import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeGroup, createGroup, listGroups } from "~/api/groups";
import type { GroupChange, NewGroup } from "~/api/types";
import { useList } from "./useList";

/** The Practitioners' Groups there are, narrowed by `q`. */
export function useGroups(enabled = true, q = "") {
  return useList(["groups", q], () => listGroups(q || undefined), { enabled });
}

/** Makes a group. */
export function useCreateGroup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewGroup) => createGroup(body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["groups"] }),
  });
}

/** Renames a group, retires it or brings it back. */
export function useChangeGroup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: GroupChange & { id: string }) => changeGroup(id, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["groups"] }),
  });
}
