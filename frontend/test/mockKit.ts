/** Small parts of the stand-in server: a call, a refusal, lists. */
import type { Participant, User } from "~/api/types";
import { timeAt } from "./mockData";

/** A refusal: status, code, detail, field. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;

  constructor(status: number, code: string, detail: string, field?: string) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** One request, taken apart. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  cookies: Map<string, string>;
  /** What the pattern's `*` stood for. */
  id: string;
}

/** What stands nowhere. */
export const notFound = () => new Refusal(404, "not_found", "no such thing");

/** Marks a record as ended now. */
export function end<Field extends string>(
  record: Record<Field, string | null>,
  field: Field,
): undefined {
  record[field] = timeAt(0) as Record<Field, string | null>[Field];
}

/** The record of this id. */
export function found<Item extends { id: string }>(items: Item[], id: string): Item {
  const item = items.find((it) => it.id === id);
  if (!item) throw notFound();
  return item;
}

/** The rows in which every word of `q` occurs somewhere. */
export function matching<Row extends object>(rows: Row[], call: Call): Row[] {
  const words = (call.query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = JSON.stringify(Object.values(row)).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A page of a list, by the call's limit and cursor. */
export function page<Row>(call: Call, rows: Row[]): { items: Row[]; next: string | null } {
  const limit = Number(call.query.get("limit") ?? 50);
  const from = Number(call.query.get("cursor") ?? 0);
  const end = from + limit;
  return { items: rows.slice(from, end), next: end < rows.length ? String(end) : null };
}

/** An account, as its owner sees it. */
export const pick = ({ id, email, name, role }: User) => ({ id, email, name, role });
/** A participant, without the times. */
export const person = ({ id, pseudonym, role, session }: Participant) => ({
  id,
  pseudonym,
  role,
  session,
});
/** An account, as an administrator sees it. */
export const plainUser = ({ password: _, ...user }: User & { password: string | null }): User =>
  user;
