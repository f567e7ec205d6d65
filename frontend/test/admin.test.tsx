/** Accounts, tokens and the audit log. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { IDBFactory } from "fake-indexeddb";
import { expect, it, vi } from "vitest";
import { unsentOffline } from "~/sync/device";
import { type OfflineStore, openOfflineStore } from "~/sync/offline";
import { ADMIN, FACILITATOR, fill, heading, openApp, press } from "./app";

it("shows a token's secret once", async () => {
  openApp("/admin/tokens", { as: FACILITATOR });
  await press("New token");
  fill("Name", "Nightly export 2");
  await press("Create token");

  const dialog = await screen.findByRole("dialog", { name: "Your new token" });
  const secret = within(dialog).getByText(/^gapmap_/).textContent ?? "";
  await press("I have it");

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await screen.findByText("Nightly export 2");
  expect(document.body.textContent).not.toContain(secret);
});

it("revokes a token only when told twice", async () => {
  const { mock } = openApp("/admin/tokens", { as: FACILITATOR });

  await press("Revoke Nightly export");
  expect(mock.data.tokens[0]?.revoked_at).toBeNull();
  await press("Revoke");

  await screen.findByText("“Nightly export” no longer works");
  expect(mock.data.tokens[0]?.revoked_at).not.toBeNull();
});

it("makes an account, and says at the address when there is one already", async () => {
  const { mock } = openApp("/admin/users", { as: ADMIN });
  await press("New user");
  fill("Name", "Petra Hansen");
  fill("E-mail address", "pavel@example.org");
  fill(/^First password/, "four words in a row");
  await press("Create user");

  await screen.findByText("There is an account with this e-mail address.");
  expect(screen.getByLabelText("E-mail address").getAttribute("aria-invalid")).toBe("true");

  fill("E-mail address", "petra@example.org");
  await press("Create user");
  await screen.findByRole("rowheader", { name: /Petra Hansen/ });
  expect(mock.data.users.at(-1)?.role).toBe("facilitator");
});

it("changes a role and shuts an account, but never one's own", async () => {
  const { mock } = openApp("/admin/users", { as: ADMIN });
  await screen.findByRole("rowheader", { name: /Ines Marques/ });
  expect(screen.queryByRole("button", { name: "Actions for Ines Marques" })).toBeNull();

  await press("Actions for Pavel Novák");
  fireEvent.click(await screen.findByRole("menuitemradio", { name: "Analyst" }));
  await screen.findByText("Pavel Novák is now: Analyst");

  await press("Actions for Aoife Byrne");
  fireEvent.click(await screen.findByRole("menuitem", { name: "Shut account" }));
  await press("Shut account");
  await waitFor(() => expect(mock.data.users[2]?.disabled_at).not.toBeNull());
});

it("keeps administration for administrators", async () => {
  openApp("/admin/users", { as: FACILITATOR });

  await heading("For administrators");
  expect(screen.queryByRole("link", { name: "Users" })).toBeNull();
});

it("searches the audit log", async () => {
  const { history } = openApp("/admin/audit", { as: ADMIN });
  await screen.findAllByRole("row");

  fill("Search the log", "participant.removed");

  await waitFor(() => expect(screen.getAllByRole("row")).toHaveLength(7));
  expect(history.location.search).toBe("?q=participant.removed");
});

it("narrows the audit log in an address that can be shared", async () => {
  const address = "/admin/audit?actor=participant&action=no%20such&until=soon";
  const { history } = openApp(address, { as: ADMIN });
  const [, first] = await screen.findAllByRole("row");
  const who = screen.getByRole("combobox", { name: "Who" });
  expect(who.textContent).toContain("Participants");
  // What makes no sense narrows nothing.
  expect(screen.getByRole("combobox", { name: "What" }).textContent).toContain("Anything");

  const act = within(first as HTMLElement).getAllByRole("button")[0] as HTMLElement;
  fireEvent.click(act);
  await waitFor(() => expect(history.location.search).toContain(`action=${act.textContent}`));
  fill("From", "2026-11-23");
  await waitFor(() => expect(history.location.search).toContain("from=2026-11-23"));
  expect(history.location.search).toContain(`action=${act.textContent}`);

  await press("Show all");
  await waitFor(() => expect(history.location.search).toBe(""));
});

it("signs out, after which nothing of the account is left on the page", async () => {
  const { mock } = openApp("/", { as: ADMIN });
  await press("Account: Ines Marques");
  fireEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));

  await heading("Map what is missing, together");
  expect(mock.calls).toContain("POST /sign-out");
  expect(screen.queryByRole("link", { name: "Users" })).toBeNull();
});

const aside = { node: "n", under: "", text: "refused", note: "" };
const idea = JSON.stringify([{ id: "i", text: "Alone" }]);

it.each<[string, (store: OfflineStore) => unknown]>([
  ["an edit", (store) => store.add({ key: "one", update: new Uint8Array([1]), touched: [] })],
  ["words that a map would not take", (store) => store.setAside(false, () => [aside])],
  ["an idea", () => localStorage.setItem("gapmap.ideas.waiting.r", idea)],
  ["half an idea", () => localStorage.setItem("gapmap.ideas.draft.r", "Alo")],
])("asks before signing out where it would lose %s that no server has got", async (_, keep) => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  const store = await openOfflineStore("m");
  await store.keepAs({ epoch: 1, participant: "ines" });
  await keep(store);
  await store.close();
  const { mock } = openApp("/", { as: ADMIN });
  const signOut = async () => {
    await press("Account: Ines Marques");
    fireEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  };

  await signOut();
  await screen.findByText(/^Changes of yours are not saved yet/);
  await press("Cancel");
  expect(mock.calls).not.toContain("POST /sign-out");
  await signOut();
  await press("Sign out");

  await heading("Map what is missing, together");
  expect(mock.calls).toContain("POST /sign-out");
  expect(Object.keys(localStorage).filter((name) => name.includes("ideas"))).toEqual([]);
  expect(await unsentOffline()).toBe(0);
  vi.unstubAllGlobals();
});

it("changes the password only with the current one", async () => {
  const { mock } = openApp("/", { as: ADMIN });
  await press("Account: Ines Marques");
  fireEvent.click(await screen.findByRole("menuitem", { name: "Change password" }));
  fill("Current password", "not this");
  fill("New password", "four words in a row");
  await press("Change password");
  await screen.findByText("This is not your current password.");

  fill("Current password", "correct horse");
  await press("Change password");
  await screen.findByText("Password changed");
  expect(mock.data.users[0]?.password).toBe("four words in a row");
});

it("ends the API tokens with a new password where that is asked for", async () => {
  const { mock } = openApp("/admin/tokens", { as: ADMIN });
  await screen.findByText(/A new password ends it only/);
  await press("Account: Ines Marques");
  fireEvent.click(await screen.findByRole("menuitem", { name: "Change password" }));
  fill("Current password", "correct horse");
  fill("New password", "four words in a row");
  fireEvent.click(screen.getByLabelText("End my API tokens too"));
  await press("Change password");

  await screen.findByText("Password changed");
  expect(mock.data.tokens[0]?.revoked_at).not.toBeNull();
  await waitFor(() => expect(screen.queryByLabelText("Revoke Nightly export")).toBeNull());
});

it("narrows the accounts in an address that can be shared", async () => {
  const { history } = openApp("/admin/users?role=facilitator", { as: ADMIN });
  await screen.findByRole("rowheader", { name: /Ines Marques/ });

  fill("Search users", "pavel");

  await waitFor(() => expect(history.location.search).toBe("?role=facilitator&q=pavel"));
  await waitFor(() => expect(screen.queryByRole("rowheader", { name: /Aoife/ })).toBeNull());
});

it("says that nobody has altered the log", async () => {
  openApp("/admin/audit", { as: ADMIN });

  await screen.findByText("Verified: 3 events, and nobody has altered any");
});

it("renames a group and retires it", async () => {
  const { mock } = openApp("/admin/groups", { as: ADMIN });
  const group = mock.data.groups[0];
  const name = group?.name ?? "";
  await press(`Change ${name}`);
  fill("Name", "Digital traces");
  await press("Save");
  await screen.findByRole("rowheader", { name: "Digital traces" });

  await press("Retire Digital traces");

  await screen.findByText("Digital traces is retired");
  expect(group?.state).toBe("retired");
});

it("keeps the groups from everybody but administrators", async () => {
  openApp("/admin/groups", { as: FACILITATOR });

  await heading("For administrators");
});
