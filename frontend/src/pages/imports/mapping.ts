/** Changes of a mapping, and words as people write them down. */
import type { ImportMapping } from "~/api/types";

/** A mapping that says nothing yet. */
export const emptyMapping: ImportMapping = {
  kind: "solution",
  delimiter: "",
  encoding: "auto",
  header_row: 1,
  projects: false,
  columns: [],
  always: { kind: "technology" },
};

/** Where a column goes; nothing where it is left out. */
export const fieldOf = (mapping: ImportMapping, column: string) =>
  mapping.columns.find((it) => it.column === column);

/** The mapping with this column going there; `""` leaves it out. */
export function withField(mapping: ImportMapping, column: string, field: string): ImportMapping {
  const before = fieldOf(mapping, column);
  const others = mapping.columns.filter((it) => it.column !== column);
  const columns =
    field === "" ? others : [...others, { column, field, words: before?.words ?? {} }];
  const always = { ...mapping.always };
  if (field === "kind") delete always.kind;
  return { ...mapping, columns, always };
}

/** The mapping with the words of a column standing for these values. */
export function withWords(mapping: ImportMapping, column: string, text: string): ImportMapping {
  const words: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [from = "", to = ""] = line.split("=");
    if (from.trim() !== "" && to.trim() !== "") words[from.trim()] = to.trim();
  }
  const columns = mapping.columns.map((it) => (it.column === column ? { ...it, words } : it));
  return { ...mapping, columns };
}

/** Words and values, one a line. */
export const wordsText = (words: Record<string, string> = {}) =>
  Object.entries(words)
    .map(([from, to]) => `${from} = ${to}`)
    .join("\n");
