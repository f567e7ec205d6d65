/** Practitioners' Groups. */
import { answer, api } from "./client";
import type { Group, Page } from "./types";

/** The groups there are; there are few, so one page holds them. */
export const listGroups = (): Promise<Page<Group>> =>
  answer(api.GET("/api/v1/groups", { params: { query: { limit: 200 } } }));
