import type { Role } from "~/api/types";

/** The roles of accounts, from who may most to who may least. */
export const ROLES = [
  "admin",
  "facilitator",
  "analyst",
  "reviewer",
] as const satisfies readonly Role[];
