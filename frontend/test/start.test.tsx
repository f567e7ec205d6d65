/** The way in for those with an account, and for those without. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { readCode, showCode } from "~/pages/start/joinCode";
import { safeNext } from "~/pages/start/safeNext";
import { ADMIN, fill, heading, openApp, press } from "./app";
import { MockApi } from "./mockApi";
import { Refusal } from "./mockKit";

it("lets somebody without an account join by a code, however it is typed", async () => {
  const { history } = openApp("/");
  await heading("Map what is missing, together");

  fill(/^Code/, " k7wm-4qxd ");
  await press("Join");

  await heading("Forensics at the scene: what is missing?");
  expect(history.location.pathname).toBe("/join/K7WM4QXD");
});

it("leads whoever has joined back into the session, and nobody else", async () => {
  const mock = new MockApi();
  const [here] = mock.data.maps;
  const guest = { id: "p-heron", pseudonym: "Heron-12", session: here?.session ?? "" };
  const rest = { role: "editor" as const, joined_at: "", removed_at: null, erased_at: null };
  mock.data.participants.push({ ...guest, ...rest });
  const cookies = new Map([[`device:${guest.session}`, guest.id]]);

  const { history } = openApp("/", { mock, cookies });
  const seats = await screen.findAllByRole("link", { name: /^Continue in Forensics .*Heron-12/ });
  // Two maps are open to look at, so each says which it is.
  expect(seats.map((it) => it.textContent)).toEqual([
    expect.stringContaining("Forensics at the scene"),
    expect.stringContaining("Parking lot"),
  ]);
  await act(async () => fireEvent.click(seats[0] as HTMLElement));
  await waitFor(() => expect(history.location.pathname).toBe(`/maps/${here?.id}`));

  openApp("/", { mock });
  await heading(/together/);
  expect(screen.queryByRole("link", { name: /^Continue in/ })).toBeNull();
});

it("says what a code looks like, at the field", async () => {
  openApp("/");
  await heading(/together/);

  fill(/^Code/, "hello, it's me");
  await press("Join");

  const field = screen.getByLabelText(/^Code/);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("alert").textContent).toMatch(/6 to 8 letters/);
});

it.each([
  ["K7WM4QXD", "K7WM4QXD"],
  ["k7wm 4qxd", "K7WM4QXD"],
  ["https://gapmap.example.org/join/K7WM4QXD?from=mail", "K7WM4QXD"],
  ["K7W", null],
  ["'; --", null],
])("reads %s as the code %s", (typed, code) => {
  expect(readCode(typed)).toBe(code);
});

it("shows a code in two halves", () => {
  expect(showCode("K7WM4QXD")).toBe("K7WM-4QXD");
});

it("says in words that address and password do not belong together", async () => {
  openApp("/sign-in");
  await heading("Sign in");

  fill("E-mail address", ADMIN);
  fill("Password", "something else");
  await press("Sign in");

  expect((await screen.findByRole("alert")).textContent).toMatch(/do not belong together/);
  expect(screen.getByLabelText<HTMLInputElement>("E-mail address").value).toBe(ADMIN);
});

it("asks for a sign-in first, then goes where one wanted to go", async () => {
  const { history } = openApp("/admin/users");
  await heading("Sign in");

  fill("E-mail address", ADMIN);
  fill("Password", "correct horse");
  await press("Sign in");

  await heading("Users");
  expect(history.location.pathname).toBe("/admin/users");
});

it("knows nothing any more of whoever was here before one signed in", async () => {
  localStorage.setItem("gapmap.answer.map.m", JSON.stringify({ me: { pseudonym: "Heron-12" } }));
  openApp("/sign-in");
  await heading("Sign in");

  fill("E-mail address", ADMIN);
  fill("Password", "correct horse");
  await press("Sign in");

  await waitFor(() => expect(localStorage.getItem("gapmap.answer.map.m")).toBeNull());
});

it.each([
  ["/sessions/1", "/sessions/1"],
  ["//evil.example/", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example/", "/"],
  [undefined, "/"],
])("goes after signing in from %s to %s", (next, target) => {
  expect(safeNext(next)).toBe(target);
});

it("signs in by a link that works once, and offers to set a password", async () => {
  const mock = new MockApi();
  if (mock.data.users[0]) mock.data.users[0].password = null;
  const { history } = openApp("/welcome?token=first-start", { mock });
  await heading("Welcome, Ines Marques");

  fill("New password", "short");
  await press("Set password");
  expect(screen.getByText("Use at least 8 characters.")).toBeTruthy();

  fill("New password", "four words in a row");
  await press("Set password");
  await waitFor(() => expect(history.location.pathname).toBe("/"));
  expect(mock.data.users[0]?.password).toBe("four words in a row");
});

it("asks for the password there is already before it sets another", async () => {
  const mock = new MockApi();
  mock.data.links.set("another-link", mock.data.users[0]?.id ?? "");
  openApp("/welcome?token=another-link", { mock });
  await heading("Welcome, Ines Marques");
  fill("New password", "four words in a row");
  await press("Set password");
  await screen.findByLabelText("Current password");

  fill("Current password", "correct horse");
  await press("Set password");

  await waitFor(() => expect(mock.data.users[0]?.password).toBe("four words in a row"));
});

it("says that a link has been used", async () => {
  openApp("/welcome?token=used-long-ago");

  expect((await screen.findByRole("alert")).textContent).toMatch(/has been used already/);
});

it("says that the server can't be reached, and tries again", async () => {
  const mock = new MockApi();
  for (let n = 0; n < 3; n += 1) mock.failNext("GET /join/K7WM4QXD", new Refusal(503, "busy", ""));
  openApp("/join/K7WM4QXD", { mock });

  expect((await screen.findByRole("alert", {}, { timeout: 8000 })).textContent).toMatch(/busy/);
  await press("Try again");
  await heading(/Forensics/);
}, 15_000);

it("leads to the identity provider only where there is one, and says why it led back", async () => {
  const mock = new MockApi();
  mock.hasProvider = true;
  openApp("/sign-in?problem=unknown&next=%2Fmaps%2F1", { mock });

  const link = await screen.findByRole("link", { name: "Sign in with your organisation" });
  expect(link.getAttribute("href")).toBe("/api/v1/sign-in/oidc?next=%2Fmaps%2F1");
  expect(screen.getByRole("alert").textContent).toContain("no account here");

  openApp("/sign-in");
  await screen.findByLabelText("E-mail address");
  expect(screen.queryByRole("link", { name: "Sign in with your organisation" })).toBeNull();
});
