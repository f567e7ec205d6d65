/** What the pages of reports leave out because the server's role table would refuse it. The server decides. */
import type { Account, Report, ReportState, Role } from "~/api/types";

/** Whether an account makes reports, changes them, sends them to review and publishes them. */
export const mayWriteReports = (role: Role): boolean => role === "admin" || role === "analyst";

/** Whether an account judges reports that others made. */
export const mayJudgeReports = (role: Role): boolean =>
  mayWriteReports(role) || role === "reviewer";

/** The steps that an account may take a report from here. */
export const stepsOf = (report: Report, role: Role): ReportState[] =>
  report.next.filter((to) => {
    const isJudgement = to === "approved" || (report.state === "in_review" && to === "draft");
    return isJudgement ? mayJudgeReports(role) : mayWriteReports(role);
  });

/** Why this account cannot be the second person; null where it can. */
export function notSecond(report: Report, user: Account): "made" | "submitted" | null {
  const me = `account:${user.id}`;
  if (report.submitted_by === me) return "submitted";
  return report.created_by === me ? "made" : null;
}
