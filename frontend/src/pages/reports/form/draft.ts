/** What the form of a report holds: one flat set of fields, which the server keeps in four parts. */
import type { Clash, NewReport, Report, ReportChange, Stale } from "~/api/types";
import type { Draft } from "~/pages/catalogue/form/draft";
import { same } from "~/pages/catalogue/same";

/** What stands on the cover, in the order of the form. */
export const COVER = [
  "project",
  "deliverable",
  "grant_number",
  "authors",
  "reviewers",
  "summary",
  "disclaimer",
  "changes",
] as const;
const SCOPE = ["groups", "sessions", "from", "to"] as const;
const RULE = ["trl_from", "trl_to", "lifecycles", "markets"] as const;

/** A field of the form. */
export type FieldName =
  | "title"
  | "edition"
  | "level"
  | "language"
  | "previous"
  | (typeof COVER)[number]
  | (typeof SCOPE)[number]
  | (typeof RULE)[number];

/** The server's own rule: what a report goes by where nobody says otherwise. */
export const SERVER_RULE: Report["rule"] = {
  trl_from: 7,
  trl_to: 9,
  lifecycles: ["in_use", "published"],
  markets: ["on_market", "available_restricted", "available_public"],
};

/** What a new report begins with. It is sensitive until somebody decides that the public may read it. */
const NEW: Draft = {
  ...{ title: "", edition: "0.1", level: "SEN", language: "en", previous: null },
  ...{ groups: [], sessions: [], from: null, to: null },
  ...SERVER_RULE,
  ...Object.fromEntries(COVER.map((name) => [name, ""])),
};

/** A report as the form holds it; without one, a new report. */
export function draftOf(report: Report | null): Draft {
  if (report === null) return NEW;
  const { title, edition, level, language, previous, scope, rule, cover } = report;
  return { title, edition, level, language, previous, ...scope, ...rule, ...cover };
}

/** A new report that goes on from one that was published: the same scope, rule and cover. */
export function draftAfter(report: Report): Draft {
  return { ...draftOf(report), edition: "0.1", previous: report.id, changes: "" };
}

/** As the server takes it: what changed, its parts each whole. */
export function bodyOf(draft: Draft, changed: Draft): NewReport & ReportChange {
  const part = (names: readonly string[]) =>
    names.some((name) => name in changed) &&
    Object.fromEntries(names.map((name) => [name, draft[name]]));
  const [scope, rule, cover] = [part(SCOPE), part(RULE), part(COVER)];
  const plain = ["title", "edition", "level", "language", "previous"].filter(
    (name) => name in changed,
  );
  return {
    ...Object.fromEntries(plain.map((name) => [name, draft[name]])),
    ...(scope && { scope }),
    ...(rule && { rule }),
    ...(cover && { cover }),
  } as NewReport & ReportChange;
}

/** How a report stands that others changed, and what differs from where the form began. */
export function staleOf(base: Draft, draft: Draft, now: Report): Stale {
  const theirs = draftOf(now);
  const names = Object.keys(theirs).filter((name) => !same(base[name], theirs[name]));
  const differences = names.map((field): Clash => {
    const [yours = null, other = null] = [draft[field], theirs[field]];
    return { field, yours, theirs: other };
  });
  return { current: { ...theirs, version: now.version }, differences };
}
