/** What a form of a record holds, what of it has changed, and how it goes together with what others changed. */
import type { RecordBody } from "~/api/records";
import type { Clash, FieldShape, FieldValue, RecordShape, Stale } from "~/api/types";
import { same } from "~/pages/catalogue/same";

/** Values by the names of their fields, `tlp` among them. */
export type Draft = Readonly<RecordBody>;

/** The fields that a form has: what is said once is left out where the record is there already. */
export const fieldsOf = (shape: RecordShape, isNew: boolean): FieldShape[] =>
  shape.fields.filter((it) => isNew || !it.fixed);

/** What a field holds while it holds nothing. */
export function nothingIn(field: FieldShape): FieldValue {
  if (["choices", "list", "tags", "groups", "external_ids"].includes(field.takes)) return [];
  if (field.takes === "flag") return false;
  return field.takes === "line" || field.takes === "text" ? "" : null;
}

/** A record as a form holds it. Other records that it points at are there by their ids. */
export function draftOf(fields: readonly FieldShape[], record: object | null): Draft {
  const values = (record ?? {}) as Record<string, unknown>;
  const draft: RecordBody = { tlp: (values.tlp as FieldValue | undefined) ?? "CLEAR" };
  for (const field of fields) {
    const value = values[field.name];
    const isOther = typeof value === "object" && value !== null && "id" in value;
    draft[field.name] = isOther
      ? String(value.id)
      : ((value as FieldValue | undefined) ?? nothingIn(field));
  }
  return draft;
}

/** What the draft says otherwise than where it began. */
export function changed(base: Draft, draft: Draft): RecordBody {
  const names = Object.keys(draft).filter((name) => !same(base[name], draft[name]));
  return Object.fromEntries(names.map((name) => [name, draft[name] ?? null]));
}

/** What others changed while somebody wrote. */
export interface Clashes {
  /** Where both changed something: the person has to choose. */
  open: Clash[];
  /** Where only the others did: that is taken over. */
  taken: Clash[];
}

/** Sorts what differs by whether the person's own changes meet it. */
export function clashesOf(stale: Stale, mine: RecordBody): Clashes {
  const isMine = ({ field }: Clash) => field in mine;
  return {
    open: stale.differences.filter((it) => isMine(it) && !same(it.yours, it.theirs)),
    taken: stale.differences.filter((it) => !isMine(it)),
  };
}

/** Which side a person chose for a field. */
export type Side = "yours" | "theirs";

/** The draft on top of what others saved: own changes stay, unless theirs was chosen. */
export function rebased(
  current: Draft,
  mine: RecordBody,
  choices: Readonly<Record<string, Side>>,
): Draft {
  const kept = Object.entries(mine).filter(([name]) => choices[name] !== "theirs");
  return { ...current, ...Object.fromEntries(kept) };
}

/** What is wrong with a draft before the server is asked: required fields that are empty, numbers out of range. */
export function problemsOf(
  fields: readonly FieldShape[],
  draft: Draft,
): Record<string, "required" | "range"> {
  const wrong: Record<string, "required" | "range"> = {};
  for (const field of fields) {
    const value = draft[field.name];
    if (field.required && same(typeof value === "string" ? value.trim() : value, null)) {
      wrong[field.name] = "required";
    }
    if (field.takes !== "whole" || value === null || value === undefined) continue;
    const number = Number(value);
    const isIn = Number.isInteger(number) && (field.least ?? number) <= number;
    if (!isIn || number > (field.most ?? number)) wrong[field.name] = "range";
  }
  return wrong;
}
