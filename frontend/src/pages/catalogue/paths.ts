/** Where the pages of the catalogue's records are. */
import type { RecordKind } from "~/api/types";

/** The sheet of a record of each kind; its number stands for `$id`. */
export const PATHS = {
  gap: "/catalogue/gaps/$id",
  solution: "/catalogue/solutions/$id",
  fit: "/catalogue/fits/$id",
  evidence: "/catalogue/evidence/$id",
} as const satisfies Record<RecordKind, string>;
