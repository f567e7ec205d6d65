/** The filter of the list of accounts, as the address holds it. */
import type { Role } from "~/api/types";
import { ROLES } from "./roles";

/** Whether an account is shut, as the address says it. */
export const SHUT = ["no", "yes"] as const;

/** What the address may carry; nothing that is not said narrows the list. */
export interface UserSearch {
  q?: string | undefined;
  role?: Role | undefined;
  shut?: (typeof SHUT)[number] | undefined;
}

/** Reads an address that anyone may have typed: what makes no sense is left out. */
export function readUserSearch(raw: Record<string, unknown>): UserSearch {
  const role = ROLES.find((it) => it === raw.role);
  const shut = SHUT.find((it) => it === raw.shut);
  return {
    ...((typeof raw.q === "string" || typeof raw.q === "number") &&
      raw.q !== "" && { q: String(raw.q) }),
    ...(role && { role }),
    ...(shut && { shut }),
  };
}
