/** Practitioners' Groups. */
import { answer, api, given } from "./client";
import type { Group, GroupChange, NewGroup, Page } from "./types";

/** The groups there are; there are few, so one page holds them. */
export const listGroups = (q?: string): Promise<Page<Group>> =>
  answer(api.GET("/api/v1/groups", { params: { query: given({ limit: 200, q }) } }));

/** Makes a group. */
export const createGroup = (body: NewGroup): Promise<Group> =>
  answer(api.POST("/api/v1/groups", { body }));

/** Renames a group, retires it or brings it back. */
export const changeGroup = (id: string, body: GroupChange): Promise<Group> =>
  answer(api.PATCH("/api/v1/groups/{id}", { params: { path: { id } }, body }));
