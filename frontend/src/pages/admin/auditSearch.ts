/** The filter of the audit log, as the address holds it. */

/** Who may have acted, by kind. */
export const ACTORS = ["account", "participant", "command", "server"] as const;
/** What acts are about, and what they are done on, by kind. */
export const SUBJECTS = [
  "session",
  "round",
  "invite",
  "participant",
  "map",
  "template",
  "group",
  "user",
  "token",
  "gap",
  "solution",
  "fit",
  "evidence",
  "tag",
] as const;

/** What the address may carry; nothing that is not said narrows the log. */
export interface AuditSearch {
  q?: string | undefined;
  /** A kind, or one: `account`, `account:0198…`. */
  actor?: string | undefined;
  /** A kind, or one: `invite`, `invite.revoke`. */
  action?: string | undefined;
  /** A kind, or one: `session`, `session:0198…`. */
  target?: string | undefined;
  /** The first day, such as 2026-11-23. */
  from?: string | undefined;
  /** The last day. */
  until?: string | undefined;
}

const WORDS = /^[a-z_]+([.:][\w-]{1,64})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an address that anyone may have typed: what makes no sense is left out. */
export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  if ((typeof raw.q === "string" || typeof raw.q === "number") && raw.q !== "") {
    search.q = String(raw.q);
  }
  for (const key of ["actor", "action", "target"] as const) {
    const value = raw[key];
    if (typeof value === "string" && WORDS.test(value)) search[key] = value;
  }
  for (const key of ["from", "until"] as const) {
    const value = raw[key];
    if (typeof value === "string" && isDay(value)) search[key] = value;
  }
  return search;
}

/** A filter as the server takes it: days are those of whoever looks. */
export function asQuery({ from, until, ...rest }: AuditSearch) {
  return {
    ...rest,
    ...(from && { from: startOf(from, 0) }),
    ...(until && { before: startOf(until, 1) }),
  };
}

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(new Date(`${text}T00:00`).getTime());
}

function startOf(day: string, later: number): string {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}
