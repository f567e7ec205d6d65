/** What the addresses of reports say. Apart from the pages, so that the routes load none. */
import type { ReportState } from "~/api/types";

/** The states, in the order a report goes through them. */
export const REPORT_STATES = [
  "draft",
  "in_review",
  "approved",
  "published",
  "superseded",
] as const satisfies readonly ReportState[];

/** Which reports are listed. */
export interface ReportSearch {
  q?: string | undefined;
  state?: ReportState | undefined;
}

/** Reads an address that anyone may have typed: what makes no sense is left out. */
export function readReportSearch(raw: Record<string, unknown>): ReportSearch {
  const state = REPORT_STATES.find((it) => it === raw.state);
  const isWords = (typeof raw.q === "string" || typeof raw.q === "number") && raw.q !== "";
  return { ...(isWords && { q: String(raw.q) }), ...(state && { state }) };
}
