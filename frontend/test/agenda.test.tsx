/** Planning a session's rounds. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { bodyOf, grantsOf, moved, newRound, problemOf } from "~/pages/sessions/agenda/draft";
import { FACILITATOR, fill, heading, openApp, press } from "./app";
import { MockApi } from "./mockApi";

const LIVE = "Forensics at the scene: what is missing?";

async function plan(mock = new MockApi()) {
  const session = mock.data.sessions.find((it) => it.title === LIVE);
  openApp(`/sessions/${session?.id}`, { as: FACILITATOR, mock });
  await heading(LIVE);
  await press("Plan rounds");
  const titles = () => mock.agendas.rounds.get(session?.id ?? "")?.map(({ title }) => title);
  return { mock, session, titles };
}

async function addRound(title: string) {
  await press("Add a round");
  fill("Title", title);
}

const dialog = () => screen.getByRole("dialog", { name: "Edit agenda" });

describe("an agenda", () => {
  it("is planned round by round, put in order by the keyboard, and saved whole", async () => {
    const { titles } = await plan();
    await addRound("First");
    await addRound("Second");
    const head = within(dialog()).getByRole("button", { name: /^Round 2/ });
    fireEvent.keyDown(head, { key: "ArrowUp", altKey: true });
    expect(screen.getByText("Moved to place 1 of 2")).toBeTruthy();

    await press("Save agenda");

    await waitFor(() => expect(titles()).toEqual(["Second", "First"]));
    expect(await screen.findByText("20 minutes in all")).toBeTruthy();
  });

  it("is not saved without a title, and says where it is missing", async () => {
    const { mock } = await plan();
    await press("Add a round");
    await press("Save agenda");

    expect(await screen.findByText("Give the round a title.")).toBeTruthy();
    expect(mock.calls.some((call) => call.startsWith("PUT"))).toBe(false);
  });

  it("asks whose is to count when somebody else was first", async () => {
    const { session, titles } = await plan();
    await addRound("Mine");
    if (session) session.version += 1;
    await press("Save agenda");

    expect(await screen.findByText("Somebody else changed the session meanwhile")).toBeTruthy();
    expect(titles()).toBeUndefined();
    await waitFor(async () => {
      await press("Save mine");
      expect(titles()).toEqual(["Mine"]);
    });
  });
});

describe("a round in the making", () => {
  it("says nothing of what is left to the method", () => {
    const round = { ...newRound(), title: " Gather ", minutes: " " };

    expect(bodyOf(round)).toMatchObject({ title: "Gather", minutes: null, may_add: null });
    expect(bodyOf(round).id).toBeUndefined();
    expect(bodyOf({ ...round, mayEdit: "own", mayAdd: "no" })).toMatchObject({
      may_add: false,
      may_edit: "own",
    });
  });

  it("has votes in a vote only", () => {
    const vote = {
      ...newRound(),
      title: "V",
      method: "vote" as const,
      votes: "5",
      voteKind: "gap",
    };

    expect(bodyOf(vote)).toMatchObject({ votes: 5, vote_kind: "gap" });
    expect(bodyOf({ ...vote, method: "group" })).toMatchObject({ votes: null, vote_kind: null });
    expect(problemOf({ ...vote, votes: "101" })).toBe("votes");
    expect(problemOf({ ...vote, minutes: "1.5" })).toBe("minutes");
    expect(problemOf(vote)).toBeNull();
  });

  it("grants by its method what the server grants", () => {
    expect(grantsOf("group")).toEqual({ add: true, edit: "all", link: false, vote: false });
    expect(grantsOf("silent")).toEqual({ add: false, edit: "none", link: false, vote: false });
    expect([grantsOf("link").link, grantsOf("vote").vote]).toEqual([true, true]);
  });

  it("goes to another place without losing any", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["c", "a", "b"]);
  });
});
