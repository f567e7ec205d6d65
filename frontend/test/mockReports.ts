/** The reports of the stand-in server: kept, changed, taken a step on, and what a small one says. */
import type { Report, ReportDocument, ReportNaming, ReportState } from "~/api/types";
import { newId, timeAt } from "./mockData";
import { type Call, notFound, page, Refusal } from "./mockKit";

const COVER = {
  ...{ project: "", grant_number: "", deliverable: "", authors: "", reviewers: "" },
  ...{ summary: "", disclaimer: "", changes: "" },
};
const NEXT: Record<ReportState, ReportState[]> = {
  draft: ["in_review"],
  in_review: ["draft", "approved"],
  approved: ["draft", "published"],
  published: ["superseded"],
  superseded: [],
};
const ref = (number: string, title: string) => {
  const kind = number.startsWith("GAP") ? "gaps" : "solutions";
  return { number, title, href: `/catalogue/${kind}/${number}` };
};

/** What a report of two gaps says. */
function documentOf(report: Report): ReportDocument {
  const { number, title, edition, level, language } = report;
  const gap = (n: number, name: string, light: string) => ({
    ...ref(`GAP-${n}`, name),
    ...{ tlp: "TLP:CLEAR", light, groups: ["Forensics"], solutions: 1, best_trl: 8, votes: 3 },
    ...{ facts: [], texts: [{ label: "Description", value: "Said at length." }], fits: [] },
    mentions: [{ href: "/maps/m?node=n", session: "Spring", votes: 3 }],
    evidence: [],
  });
  const figure = (name: string, n: number) => ({ name, about: name, n, href: "/catalogue/gaps" });
  return {
    ...{ format: "gapmap-report", format_version: 1, findings: [], fits: [], uncovered: [] },
    cover: {
      ...{
        ...COVER,
        number,
        title,
        edition,
        level,
        language,
        tlp: "TLP:CLEAR",
        cut_off: "2026-11-23",
      },
      ...{ is_preview: report.state === "draft", base: "", editions: [] },
    },
    numbers: [figure("gaps", 2), figure("green", 1)],
    coverage: [],
    method: {
      ...{ groups: [], sessions: [], rule: [], scope: [], limits: [], left_out: [] },
      withheld: { gaps: 2, solutions: 0, fits: 1, evidence: 0, sessions: 0, mentions: 0 },
    },
    gaps: [gap(1, "Read a locked phone", "green"), gap(2, "Find help early", "grey")],
    ...{ solutions: [], near_misses: [], recommendations: [], sources: [], changes: null },
  };
}

/** Reports and what was done with them. */
export class MockReports {
  readonly rows: Report[] = [];
  /** Texts that name somebody, of whichever report. */
  namings: ReportNaming[] = [];

  /** Puts a report there. */
  add(more: Partial<Report> = {}): Report {
    const by = "account:somebody";
    const report: Report = {
      ...{ id: newId(), number: `REP-${this.rows.length + 1}`, version: 1, state: "draft" },
      ...{
        next: [],
        title: "What can be had",
        edition: "0.1",
        level: "SEN",
        language: "en",
        previous: null,
      },
      scope: { groups: [], sessions: [], from: null, to: null },
      rule: { trl_from: 7, trl_to: 9, lifecycles: ["in_use"], markets: [] },
      cover: COVER,
      ...{ created_at: timeAt(0), created_by: by, changed_at: timeAt(0), changed_by: by },
      ...{ submitted_at: null, submitted_by: null, approved_at: null, approved_by: null },
      ...{ published_at: null, snapshot_hash: null },
      ...more,
    };
    report.next = NEXT[report.state];
    this.rows.unshift(report);
    return report;
  }

  list(call: Call) {
    return page(call, this.rows);
  }

  create(call: Call): Report {
    return this.add(call.body as Partial<Report>);
  }

  read(call: Call): Report | ReportDocument | { items: ReportNaming[] } {
    const [id = "", part] = call.id.split("/");
    const report = this.find(id);
    if (part === "namings") return { items: this.namings };
    return part === "preview" ? documentOf(report) : report;
  }

  change(call: Call): Report {
    const report = this.find(call.id);
    this.match(report, call);
    return Object.assign(report, call.body, { version: report.version + 1 });
  }

  step(call: Call): Report {
    const report = this.find(call.id.split("/")[0] ?? "");
    this.match(report, call);
    const state = call.body.state as ReportState;
    return Object.assign(report, { state, next: NEXT[state], version: report.version + 1 });
  }

  private match(report: Report, { body }: Call): void {
    if (body.version !== report.version) throw new Refusal(412, "stale", "changed since");
  }

  private find(handle: string): Report {
    const report = this.rows.find((it) => it.id === handle || it.number === handle);
    if (!report) throw notFound();
    return report;
  }
}
