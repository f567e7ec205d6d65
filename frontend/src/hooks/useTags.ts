import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeTag, createTag, deleteTag, listTags } from "~/api/tags";
import type { NewTag, TagChange, TagsQuery } from "~/api/types";
import { useList } from "./useList";

/** The tags, narrowed by `filter`. */
export function useTags(filter: Omit<TagsQuery, "cursor">, enabled = true) {
  const read = (cursor: string | undefined) => listTags({ ...filter, cursor });
  return useList(["catalogue", "tags", filter], read, { enabled });
}

/** Makes a tag, or with an id changes that one. */
export function useSaveTag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: (NewTag | TagChange) & { id: string | null }) =>
      id === null ? createTag(body as NewTag) : changeTag(id, body as TagChange),
    onSuccess: () => client.invalidateQueries({ queryKey: ["catalogue"] }),
  });
}

/** Deletes a tag. */
export function useDeleteTag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deleteTag,
    onSettled: () => client.invalidateQueries({ queryKey: ["catalogue"] }),
  });
}
