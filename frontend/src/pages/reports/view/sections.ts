/** The parts of a report as its page has them, in their order. */
import type { ReportDocument } from "~/api/types";

/** Their names, which are also where an address leads to. */
export const SECTIONS = [
  "summary",
  "coverage",
  "findings",
  "recommendations",
  "changes",
  "gaps",
  "uncovered",
  "misses",
  "fits",
  "solutions",
  "voices",
  "leftout",
  "method",
  "sources",
] as const;

/** One of them. */
export type SectionName = (typeof SECTIONS)[number];

/** A node of a map that names a gap of the report. */
export type Voice = ReportDocument["gaps"][number]["mentions"][number] & {
  gap: ReportDocument["gaps"][number];
};

/** What was said in the workshops about the gaps, what got most votes first. */
export const voicesOf = (report: ReportDocument): Voice[] =>
  report.gaps
    .flatMap((gap) => gap.mentions.map((mention) => ({ ...mention, gap })))
    .sort((a, b) => b.votes - a.votes);

/** How much stands in a part; null where that is not to be counted. */
export function countOf(report: ReportDocument, name: SectionName): number | null {
  const lengths: Partial<Record<SectionName, number>> = {
    gaps: report.gaps.length,
    uncovered: report.uncovered.length,
    misses: report.near_misses.length,
    fits: report.fits.length,
    solutions: report.solutions.length,
    voices: report.gaps.reduce((all, it) => all + it.mentions.length, 0),
    sources: report.sources.length,
  };
  return lengths[name] ?? null;
}

/** The parts that a report has: the first of a series has no changes. */
export const sectionsOf = (report: ReportDocument): SectionName[] =>
  SECTIONS.filter((it) => it !== "changes" || report.changes !== null);
