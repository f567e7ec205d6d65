/** Reports: the list, the form, a report's page, and who may take it where. */
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Report } from "~/api/types";
import { bodyOf, draftAfter, draftOf, staleOf } from "~/pages/reports/form/draft";
import { notSecond, stepsOf } from "~/pages/reports/rights";
import { FACILITATOR, fill, heading, openApp, press } from "./app";
import { MockApi } from "./mockApi";
import { Refusal } from "./mockKit";

const ANALYST = "aoife@example.org";
const REVIEWER = "jonas@example.org";

/** The server with one report, made by the analyst. */
function withReport(more: Partial<Report> = {}) {
  const mock = new MockApi();
  const analyst = mock.data.users.find((it) => it.email === ANALYST);
  const report = mock.reports.add({ created_by: `account:${analyst?.id}`, ...more });
  return { mock, report };
}

const offers = (name: string) => screen.queryByRole("button", { name }) !== null;

it("says what a report is where there is none, and offers one to those who may make it", async () => {
  openApp("/reports", { as: ANALYST });
  await screen.findByText("No reports yet");
  expect(screen.getAllByRole("link", { name: "New report" })).toHaveLength(2);

  openApp("/reports", { as: FACILITATOR });
  await screen.findByText("No reports yet");
  expect(screen.queryByRole("link", { name: "New report" })).toBeNull();
});

it("lists reports with their level, state and period, and says why when they cannot be read", async () => {
  const { mock } = withReport({ level: "PU", scope: { ...NONE, from: "2026-03-01" } });
  mock.failNext("GET /reports", new Refusal(403, "forbidden", ""));
  openApp("/reports", { mock, as: REVIEWER });
  await press("Try again");

  const row = (await screen.findByText("What can be had")).closest("tr");
  expect(row?.textContent).toMatch(/REP-1\s· version 0\.1/);
  expect(row?.textContent).toContain("PU · public");
  expect(row?.textContent).toContain("Draft");
  expect(row?.textContent).toContain("from 1 Mar 2026");
});

const NONE = { groups: [], sessions: [], from: null, to: null };

it("shows what the server refuses at its field, and sends what was changed once it is right", async () => {
  const { mock } = openApp("/reports/new", { as: ANALYST });
  await heading("New report");
  await press("Create");
  expect(screen.getByLabelText(/^Title/).getAttribute("aria-invalid")).toBe("true");

  fill(/^Title/, "Spring report");
  const refusal = "must be PU or SEN: classified content does not belong into this tool";
  mock.failNext("POST /reports", new Refusal(422, "invalid", refusal, "level"));
  await press("Create");
  const alert = await screen.findByText(/classified content does not belong into/i);
  expect(alert.closest("div[class*=choice]")?.textContent).toContain("Dissemination level");

  mock.reports.namings = [
    { number: "REP-1", href: "/reports/REP-1/edit", field: "authors" },
    { number: "FIT-2", href: "/catalogue/fits/FIT-2", field: "rationale" },
  ];
  await press("Create");
  await heading("Spring report");
  expect(mock.reports.rows).toMatchObject([
    { title: "Spring report", level: "SEN", language: "en" },
  ]);
  const notice = await screen.findByText("2 texts name somebody who took part");
  const links = [...(notice.closest("div")?.parentElement?.querySelectorAll("a") ?? [])];
  expect(links.map((it) => it.textContent)).toEqual(["REP-1, Authors", "FIT-2, Rationale"]);
});

it("keeps both when two change a draft: what differs is shown and chosen", async () => {
  const { mock, report } = withReport();
  openApp(`/reports/${report.number}/edit`, { mock, as: ANALYST });
  await heading("Edit REP-1");
  Object.assign(report, { title: "Theirs", edition: "0.9", version: 2 });
  fill(/^Title/, "Mine");
  await press("Save");
  const clash = await screen.findByText(/Somebody else saved REP-1/);
  expect(clash.parentElement?.textContent).toContain("Version: 0.9");
  await press("Save with these choices");
  expect(report.title).toBe("Theirs");
  await act(async () => void fireEvent.click(screen.getByRole("radio", { name: /Yours/ })));
  await press("Save with these choices");

  await heading("Mine");
  expect(report).toMatchObject({ title: "Mine", edition: "0.9" });
});

it("tells who submitted a report that somebody else approves, and offers that to the other", async () => {
  const { mock, report } = withReport({ state: "in_review" });
  openApp("/reports/REP-1", { mock, as: ANALYST });
  await screen.findByText("Somebody else has to approve this");
  expect([offers("Approve"), offers("Send back to draft")]).toEqual([false, true]);

  openApp("/reports/REP-1", { mock, as: REVIEWER });
  await screen.findByText("This report waits for a second person");
  await press("Approve");
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("with your name");
  await act(async () => {
    fireEvent.click(within(dialog).getByRole("button", { name: "Approve" }));
  });
  await waitFor(() => expect(report.state).toBe("approved"));
  await waitFor(() => expect(offers("Approve")).toBe(false));
  expect(offers("Publish")).toBe(false);
});

it("a public report says what is left out, and its numbers lead to what they count", async () => {
  const { mock } = withReport({ level: "PU", state: "published" });
  openApp("/reports/REP-1", { mock, as: FACILITATOR });
  const notice = await screen.findByText("Public report");
  expect(notice.parentElement?.textContent).toContain("2 gaps, 1 fit.");

  expect(await screen.findByText("2 of 2 shown")).toBeTruthy();
  await act(async () => void fireEvent.click(screen.getByRole("link", { name: "1 Covered" })));
  await screen.findByText("1 of 2 shown");
  const [quote] = screen.getAllByRole("link", { name: "An idea in “Spring”" });
  expect(quote?.getAttribute("href")).toBe("/maps/m?node=n");
});

it("can be read in a browser that keeps nothing", async () => {
  const { mock } = withReport({ level: "PU", state: "published" });
  const denied = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const storage = vi.spyOn(window, "sessionStorage", "get").mockImplementation(denied);
  openApp("/reports/REP-1", { mock, as: FACILITATOR });

  expect(await screen.findByText("2 of 2 shown")).toBeTruthy();
  storage.mockRestore();
});

it("sends only the parts that changed, each whole, and goes on from what was published", () => {
  const { report } = withReport();
  const draft = { ...draftOf(report), trl_from: 8 };

  expect(bodyOf(draft, { trl_from: 8 })).toEqual({ rule: { ...report.rule, trl_from: 8 } });
  expect(draftAfter(report)).toMatchObject({ previous: report.id, edition: "0.1", changes: "" });
  const now = { ...report, version: 4, title: "Other" };
  expect(staleOf(draftOf(report), draft, now).differences).toEqual([
    { field: "title", yours: "What can be had", theirs: "Other" },
  ]);
});

it("offers the steps that the server's table allows", () => {
  const { mock, report } = withReport({ state: "approved" });
  const other = mock.data.users.find((it) => it.email === REVIEWER);

  expect(stepsOf(report, "analyst")).toEqual(["draft", "published"]);
  expect(stepsOf(report, "reviewer")).toEqual([]);
  expect(
    stepsOf({ ...report, state: "in_review", next: ["draft", "approved"] }, "reviewer"),
  ).toEqual(["draft", "approved"]);
  expect(other && notSecond({ ...report, submitted_by: `account:${other.id}` }, other)).toBe(
    "submitted",
  );
});
