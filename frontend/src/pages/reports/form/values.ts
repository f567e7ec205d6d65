/** The values of a form's fields as their controls take them. */
import type { FieldValue } from "~/api/types";

/** As a line of text. */
export const textOf = (value: FieldValue | undefined): string => String(value ?? "");

/** As a list. */
export const listOf = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? value : [];
