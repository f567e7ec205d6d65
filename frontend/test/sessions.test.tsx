/** What a facilitator does before and during a session. */
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { FACILITATOR, fill, heading, openApp, press } from "./app";
import { MockApi } from "./mockApi";
import { Refusal } from "./mockKit";

const titles = () =>
  within(screen.getByRole("main"))
    .getAllByRole("listitem")
    .map((it) => it.querySelector("a")?.textContent);
const region = (name: string) => screen.findByRole("region", { name });
const LIVE = "Forensics at the scene: what is missing?";

async function openLive(mock = new MockApi()) {
  const session = mock.data.sessions.find((it) => it.title === LIVE);
  const app = openApp(`/sessions/${session?.id}`, { as: FACILITATOR, mock });
  await heading(LIVE);
  return app;
}

it("shows the sessions twenty at a time", async () => {
  openApp("/", { as: FACILITATOR });
  await heading("Sessions");
  await waitFor(() => expect(titles()).toHaveLength(20));

  await press("Show more");

  await waitFor(() => expect(titles()).toHaveLength(26));
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

it("keeps what was searched for in the address", async () => {
  const { history } = openApp("/?state=closed", { as: FACILITATOR });
  await heading("Sessions");

  fill("Search sessions", "crypto");

  await waitFor(() => expect(titles()).toEqual(["Crypto-assets: following the money in time"]));
  expect(history.location.search).toBe("?state=closed&q=crypto");
});

it("says that nothing fits, and clears the filters", async () => {
  const { history } = openApp("/?q=nothing-like-this", { as: FACILITATOR });
  await screen.findByText("No session fits");

  await press("Clear filters");

  await waitFor(() => expect(titles().length).toBeGreaterThan(5));
  expect(history.location.search).toBe("");
});

it("leads to the groups where none is chosen, however far below they stand", async () => {
  openApp("/", { as: FACILITATOR });
  await press("New session");
  fill("Title", "Night shifts");
  const groups = (await screen.findByLabelText("Forensics")).closest("fieldset");

  await press("Create session");

  await waitFor(() => expect(groups?.contains(document.activeElement)).toBe(true));
});

it("makes a session, with the server's objection at the field it is about", async () => {
  const { mock, history } = openApp("/", { as: FACILITATOR });
  await press("New session");
  await press("Create session");
  expect(screen.getByText("Fill this in.")).toBeTruthy();
  expect(screen.getByText("Choose at least one group.")).toBeTruthy();

  fill("Title", "x".repeat(130));
  fireEvent.click(await screen.findByLabelText("Forensics"));
  await press("Create session");
  await waitFor(() => {
    const field = screen.getByLabelText("Title");
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });
  expect(screen.getByText("Must have at most 120 characters.")).toBeTruthy();

  fill("Title", "Night shifts");
  await press("Create session");
  await heading("Night shifts");
  expect(history.location.pathname).toBe(`/sessions/${mock.data.sessions[0]?.id}`);
  expect(mock.data.sessions[0]?.tlp).toBe("AMBER");
});

it("shows the code in big letters and the QR code, and ends a link only when told twice", async () => {
  const { mock } = await openLive();
  const link = await region("Join link");
  await within(link).findByText(/K7WM-4QXD/);
  expect(within(link).getByRole("img").getAttribute("src")).toMatch(/^\/api\/v1\/invites\/.+\/qr$/);

  fireEvent.click(within(link).getByRole("button", { name: "More about this link" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "End this link" }));
  expect(mock.data.invites[0]?.revoked_at).toBeNull();

  await press("End this link");
  await within(link).findByRole("button", { name: "Make a join link" });
  expect(mock.data.invites[0]?.revoked_at).not.toBeNull();
});

it("locks a map and says so", async () => {
  const { mock } = await openLive();

  await press("Lock");

  await screen.findByText(/^Map locked/);
  expect(mock.data.maps[0]?.state).toBe("locked");
});

it("takes a session out of the archive, from where it can be reopened", async () => {
  const mock = new MockApi();
  const session = mock.data.sessions.find((it) => it.title === LIVE);
  if (session) session.state = "archived";
  await openLive(mock);

  await press("Take out of the archive");

  await screen.findByRole("button", { name: "Reopen" });
  expect(session?.state).toBe("closed");
});

it("shows the newest state when somebody else was first", async () => {
  const { mock } = await openLive();
  const session = mock.data.sessions[0];
  if (session) Object.assign(session, { version: 7, title: "Renamed meanwhile" });

  await press("Close session");
  await press("Close session");

  expect((await screen.findByRole("alert")).textContent).toMatch(
    /Somebody else changed this meanwhile/,
  );
  await screen.findByText("Renamed meanwhile");
  expect(session?.state).toBe("live");
});

it("closes a session, after which nobody is let in, and opens it again", async () => {
  const { mock } = await openLive();

  await press("Close session");
  const dialog = await screen.findByRole("dialog", { name: "Close this session?" });
  await act(async () => {
    fireEvent.click(within(dialog).getByRole("button", { name: "Close session" }));
  });

  await screen.findByText("Reopen the session to let people join.");
  expect(mock.data.sessions[0]?.state).toBe("closed");
  await press("Reopen");
  await within(await region("Join link")).findByText(/K7WM-4QXD/);
});

it("removes a participant, and says in the dialog when that fails", async () => {
  const mock = new MockApi();
  const person = mock.data.participants.find((it) => it.pseudonym === "Otter-31");
  mock.failNext(`DELETE /participants/${person?.id}`, new Refusal(503, "busy", ""));
  await openLive(mock);

  await press("Remove Otter-31");
  await press("Remove");
  await screen.findByText("The server is busy. Try again in a moment.");
  await press("Remove");

  await waitFor(() => expect(screen.queryByText("Otter-31")).toBeNull());
  expect(person?.removed_at).not.toBeNull();
});

it("fills the screen with the way in, under an address of its own", async () => {
  const { history } = await openLive();

  await press("Show full screen");

  const screenDialog = await screen.findByRole("dialog", { name: LIVE });
  await within(screenDialog).findByText("Open gapmap.example.org/join and type");
  expect(within(screenDialog).getByRole("status").textContent).toBe("14 people are in");
  expect(history.location.search).toMatch(/^\?screen=/);
  act(() => history.back());
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("moves the focus to the heading of the page that one goes to, and names the tab", async () => {
  openApp("/", { as: FACILITATOR });
  fireEvent.click(await screen.findByRole("link", { name: LIVE }));

  const title = await heading(LIVE);

  await waitFor(() => expect(document.activeElement).toBe(title));
  expect(document.title).toBe(`${LIVE} · Gapmap`);
});

it("warns before a session's content goes, and says when it is gone", async () => {
  const mock = new MockApi();
  const [first, second, third] = mock.data.sessions;
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  Object.assign(first ?? {}, { retain_until: day(29).slice(0, 10) });
  Object.assign(second ?? {}, { retain_until: day(32).slice(0, 10) });
  Object.assign(third ?? {}, { retain_until: day(-3).slice(0, 10), cleared_at: day(-2) });

  openApp("/", { mock, as: FACILITATOR });

  await screen.findByText(/^Content is deleted after/);
  expect(screen.getAllByText(/^Content is deleted after/)).toHaveLength(1);
  expect(screen.getAllByText(/^Content deleted/)).toHaveLength(1);
});
