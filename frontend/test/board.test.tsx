/** The Links board: gone through and decided on with the keyboard. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { ADMIN, FACILITATOR, heading, openApp } from "./app";
import { MockApi } from "./mockApi";
import { Refusal } from "./mockKit";

/** The board of the first session, with three ideas and a link on two of them. */
function board(as = ADMIN, search = "") {
  const mock = new MockApi();
  const { links } = mock;
  const [gap, bare] = links.catalogue;
  const link = (card: typeof gap) => ({
    target: card?.target ?? "",
    state: "proposed" as const,
    card: card ?? null,
  });
  links.rows = [
    links.row("Help at night", 7, [link(gap), link(bare)]),
    links.row("Scan the scene", 4),
    links.row("Radio in the rain", 1, [link(bare)]),
  ];
  const session = mock.data.sessions[0]?.id ?? "";
  return { links, ...openApp(`/sessions/${session}/links${search}`, { mock, as }) };
}

const lines = () => screen.findAllByRole("row");
const key = (name: string) =>
  act(async () => void fireEvent.keyDown(document.activeElement ?? document.body, { key: name }));

async function enter() {
  const [first] = await lines();
  act(() => first?.focus());
}

it("lists ideas by votes, each with what it is linked to", async () => {
  board();
  await heading("Links");

  const [first, second] = await lines();
  expect(first?.textContent).toContain("7 votes");
  expect(first?.textContent).toContain("GAP-12 · 3 solutions, best TRL 8");
  expect(second?.textContent).toContain("Not linked yet");
});

it("says nothing of votes where there were none", async () => {
  const { links } = board();
  links.rows = [links.row("Help at night", 2), links.row("Scan the scene", 0)];
  await heading("Links");

  const [first, second] = await lines();
  expect(first?.textContent).toContain("2 votes");
  expect(second?.textContent).not.toMatch(/0|vote/);
});

it("is walked by J and K, and a link is confirmed by C and rejected by R", async () => {
  const { links } = board();
  await enter();

  await key("j");
  await key("j");
  expect(document.activeElement?.textContent).toContain("Radio in the rain");
  await key("c");
  await waitFor(() => expect(links.decided).toHaveLength(1));
  expect(links.decided[0]).toContain("confirmed");
  await key("k");
  await key("ArrowUp");
  expect(document.activeElement?.textContent).toContain("Help at night");
  await key("ArrowRight");
  await key("r");
  await waitFor(() => expect(links.decided).toHaveLength(2));
  expect(links.decided[1]).toBe(
    `${links.rows[0]?.node} ${links.rows[0]?.links[1]?.target} rejected`,
  );
});

it("goes on with the next idea when one has left the list", async () => {
  board(ADMIN, "?linked=proposed");
  await enter();
  expect(await lines()).toHaveLength(2);

  await key("c");
  await key("ArrowRight");
  await key("c");
  await waitFor(async () => expect(await lines()).toHaveLength(1));
  expect(document.activeElement?.textContent).toContain("Radio in the rain");
});

it("lets nobody decide whose role may not, and says what a filter leaves", async () => {
  const { links, history } = board(FACILITATOR);
  await enter();
  await key("c");
  expect(screen.queryByRole("button", { name: /^Confirm/ })).toBeNull();

  await act(async () => {
    fireEvent.click(screen.getByRole("radio", { name: "Confirmed" }));
  });
  expect(await screen.findByText("No link has been confirmed yet.")).toBeTruthy();
  expect(history.location.search).toContain("linked=confirmed");
  expect(links.decided).toEqual([]);
});

it("says why it could not be read, and why a decision was refused", async () => {
  const { mock, links } = board();
  await enter();
  const [row] = links.rows;
  const path = `/maps/${row?.map}/nodes/${row?.node}/links/${encodeURIComponent(row?.links[0]?.target ?? "")}`;
  mock.failNext(`PUT ${path}`, new Refusal(409, "conflict", "the link is gone"));
  await key("c");

  expect(await screen.findAllByText("The link is gone.")).not.toEqual([]);
});
