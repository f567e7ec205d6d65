import type { FieldValue } from "~/api/types";

/** Whether two values of a field say the same. Nothing is said in several ways: null, "", [], false. */
export function same(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  return plain(one) === plain(other);
}

function plain(value: FieldValue | undefined): string {
  const isNothing = value === null || value === undefined || value === false || value === "";
  if (isNothing || (Array.isArray(value) && value.length === 0)) return "";
  return JSON.stringify(value);
}
