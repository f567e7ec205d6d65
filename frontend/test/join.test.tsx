/** From a join link into the map. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { fill, heading, openApp, press } from "./app";
import { MockApi } from "./mockApi";
import { timeAt } from "./mockData";
import { Refusal } from "./mockKit";

const name = () => screen.getByLabelText<HTMLInputElement>("Your name in this session").value;

it("goes into the map under the name that was offered, with one press", async () => {
  const { mock, history } = openApp("/join/K7WM4QXD");
  await heading(/Forensics/);
  const offered = name();

  await press("Join");

  await waitFor(() => expect(history.location.pathname).toBe(`/maps/${mock.data.maps[0]?.id}`));
  expect(mock.data.participants.at(-1)?.pseudonym).toBe(offered);
});

it("shows the server's notice line by line before one joins", async () => {
  openApp("/join/K7WM4QXD");

  const notice = await screen.findByRole("region", { name: "Before you go in" });

  expect(
    within(notice)
      .getAllByRole("listitem")
      .map((line) => line.textContent),
  ).toEqual([
    "This is for planning.",
    "Please write no case material.",
    "Everybody in this session sees what you write.",
  ]);
});

it("offers another name, and keeps the one that was typed", async () => {
  const { mock } = openApp("/join/K7WM4QXD");
  await heading(/Forensics/);
  const offered = name();

  await press("Another name");
  await waitFor(() => expect(name()).not.toBe(offered));
  fill("Your name in this session", "Ana");
  await press("Join");

  await waitFor(() => expect(mock.data.participants.at(-1)?.pseudonym).toBe("Ana"));
});

it("says at the name what the server has against it", async () => {
  const { mock } = openApp("/join/K7WM4QXD");
  await heading(/Forensics/);

  mock.failNext(
    "POST /join",
    new Refusal(422, "invalid", "must be one line of plain text", "name"),
  );
  await press("Join");

  await screen.findByText("Must be one line of plain text.");
  const field = screen.getByLabelText("Your name in this session");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await waitFor(() => expect(document.activeElement).toBe(field));
});

it("knocks again by itself where the server has no room at the moment", async () => {
  const { mock, history } = openApp("/join/K7WM4QXD");
  await heading(/Forensics/);

  mock.failNext("POST /join", new Refusal(503, "busy", "the server works on as much as it can"));
  await press("Join");

  await waitFor(() => expect(history.location.pathname).toMatch(/^\/maps\//), { timeout: 4000 });
  expect(screen.queryByRole("alert")).toBeNull();
});

it("takes a device that has joined straight into the map", async () => {
  const mock = new MockApi();
  const [session] = mock.data.sessions;
  const [, badger] = mock.data.participants;
  const cookies = new Map([[`device:${session?.id}`, badger?.id ?? ""]]);

  const { history } = openApp("/join/K7WM4QXD", { mock, cookies });

  await waitFor(() => expect(history.location.pathname).toBe(`/maps/${mock.data.maps[0]?.id}`));
});

it("lets one choose where there are several maps", async () => {
  const mock = new MockApi();
  for (const map of mock.data.maps) map.state = "open";
  openApp("/join/K7WM4QXD", { mock });
  await heading(/Forensics/);

  await press("Join");

  await screen.findByRole("link", { name: "Parking lot" });
  expect(screen.getByRole("link", { name: "Forensics at the scene" })).toBeTruthy();
});

it("waits for a map, and goes there as soon as there is one", async () => {
  const mock = new MockApi();
  for (const map of mock.data.maps) map.state = "archived";
  const { history } = openApp("/join/K7WM4QXD", { mock });
  await heading(/Forensics/);
  await press("Join");
  await screen.findByText(/has not opened a map yet/);

  if (mock.data.maps[0]) mock.data.maps[0].state = "open";

  await waitFor(() => expect(history.location.pathname).toMatch(/^\/maps\//), { timeout: 8000 });
}, 15_000);

it.each([
  ["ZZZZ9999", /not known/],
  ["REVKD234", /has ended.*revoked/],
  ["EXPRD234", /has ended.*run out/],
])("says what is wrong with the code %s, and takes another", async (code, words) => {
  const { history } = openApp(`/join/${code}`);
  expect((await screen.findByRole("alert")).textContent).toMatch(words);

  fill(/^Code/, "K7WM4QXD");
  await press("Join");

  await heading(/Forensics/);
  expect(history.location.pathname).toBe("/join/K7WM4QXD");
});

it("tells a reader that this link does not let them write", async () => {
  const mock = new MockApi();
  const [invite] = mock.data.invites;
  if (invite) Object.assign(invite, { role: "viewer", expires_at: timeAt(60_000) });
  openApp("/join/K7WM4QXD", { mock });

  expect(await screen.findByText(/does not let you write/)).toBeTruthy();
});

it("does not join twice when the button is pressed twice", async () => {
  const { mock } = openApp("/join/K7WM4QXD");
  await heading(/Forensics/);
  const before = mock.data.participants.length;
  const open = mock.hold();

  const button = screen.getByRole("button", { name: "Join" });
  fireEvent.click(button);
  await waitFor(() => expect(button.getAttribute("aria-busy")).toBe("true"));
  fireEvent.click(button);
  open();

  await waitFor(() => expect(mock.data.participants.length).toBe(before + 1));
  expect(mock.calls.filter((call) => call === "POST /join")).toHaveLength(1);
});
