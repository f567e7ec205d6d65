/** Tags. */
import { answer, api, given } from "./client";
import type { NewTag, Page, Tag, TagChange, TagsQuery } from "./types";

/** A page of the tags. */
export const listTags = (query: TagsQuery): Promise<Page<Tag>> =>
  answer(api.GET("/api/v1/tags", { params: { query: given(query) } }));

/** Makes a tag. */
export const createTag = (body: NewTag): Promise<Tag> => answer(api.POST("/api/v1/tags", { body }));

/** Changes a tag; the records that have it follow. */
export const changeTag = (id: string, body: TagChange): Promise<Tag> =>
  answer(api.PATCH("/api/v1/tags/{id}", { params: { path: { id } }, body }));

/** Deletes a tag, and takes it from the records that have it. */
export const deleteTag = (id: string): Promise<unknown> =>
  answer(api.DELETE("/api/v1/tags/{id}", { params: { path: { id } } }));
