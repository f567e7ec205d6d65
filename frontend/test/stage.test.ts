import { describe, expect, it } from "vitest";
import type { MapEntry } from "~/api/types";
import { clockFace, timeLeft } from "~/hooks/useTimeLeft";
import { changed } from "~/hooks/useVotes";
import { addChild, remove } from "~/map/commands";
import { modelOf } from "~/map/model";
import { ROOT } from "~/map/schema";
import { Permits, type Standing } from "~/pages/session/permits";
import { rightsOf } from "~/pages/session/rights";
import type { MapRole } from "~/sync/protocol";
import { ALL_GRANTS, readStage } from "~/sync/sessionState";
import { NEW_STATUS } from "~/sync/status";
import { newMap } from "./maps";

const ME = "me";
const OTHER = "other";

function standing(stage: Record<string, unknown>, more: Partial<Standing> = {}): Standing {
  const session = { phase: "live", locked: false, epoch: 1, ...readStage(stage) };
  return { rights: "edit", facilitates: false, me: ME, session, ...more };
}

/** A map with a branch of mine, and one of somebody else with a child in it. */
function two() {
  const doc = newMap();
  const mine = addChild(doc, { id: ME }, ROOT, "mine");
  const theirs = addChild(doc, { id: OTHER }, ROOT, "theirs");
  const below = addChild(doc, { id: ME }, theirs, "below");
  return { doc, model: modelOf(doc), mine, theirs, below };
}

describe("what the server says of the session", () => {
  it("grants everything where an older server says nothing of rounds", () => {
    expect(readStage({})).toMatchObject({ grants: ALL_GRANTS, round: null, locks: [], time: null });
  });

  it("is read part by part, and what makes no sense is left out", () => {
    const round = { id: "r", n: 2, of: 5, title: "T", method: "vote", prompt: "", ends: 9 };
    const read = readStage({
      round: { ...round, left: "soon" },
      grants: { add: true, edit: "own", link: 1, vote: true },
      locks: ["a", 7],
      call: { n: 3, node: null },
      follow: { participant: "p" },
      tallies: { a: 2, b: "many" },
    });

    expect(read.round).toEqual({ ...round, left: null, revealed: false });
    expect(read.grants).toEqual({ add: true, edit: "own", link: false, vote: true });
    expect(read).toMatchObject({ locks: ["a"], call: { n: 3, node: null }, follow: "p" });
    expect(read.tallies).toEqual({ a: 2 });
  });

  it("has no round of a method that this page does not know", () => {
    expect(readStage({ round: { id: "r", method: "dance" } }).round).toBeNull();
  });
});

describe("what one may do", () => {
  it("is everything for a facilitator, whatever the round grants", () => {
    const { model, theirs } = two();
    const grants = { add: false, edit: "none", link: false, vote: false };
    const permits = new Permits(
      model,
      standing({ grants, locks: [theirs] }, { facilitates: true }),
    );

    expect(permits.ofCommand("remove", [theirs])).toBeNull();
    expect(permits.ofCommand("addChild", [theirs])).toBeNull();
  });

  it("is changing one's own ideas alone where the session says so", () => {
    const { model, mine, theirs } = two();
    const grants = { add: true, edit: "own", link: false, vote: false };
    const permits = new Permits(model, standing({ grants }));

    expect(permits.ofCommand("edit", [mine])).toBeNull();
    expect(permits.ofCommand("edit", [theirs])).toBe("own");
    expect(permits.ofCommand("remove", [mine, theirs])).toBe("own");
    expect(permits.ofCommand("addChild", [theirs])).toBeNull();
  });

  it("is nothing inside a locked branch, and not to delete what is above it", () => {
    const { model, mine, theirs, below } = two();
    const permits = new Permits(model, standing({ locks: [below] }));

    expect(permits.ofCommand("addChild", [below])).toBe("branch");
    expect(permits.ofCommand("edit", [below])).toBe("branch");
    expect(permits.reason("move", [mine], [below])).toBe("branch");
    expect(permits.ofCommand("addAfter", [below])).toBeNull();
    expect(permits.ofCommand("remove", [theirs])).toBe("below");
    expect(permits.ofCommand("edit", [theirs])).toBeNull();
  });

  it("is neither adding nor changing in a round of votes", () => {
    const { model, mine } = two();
    const grants = { add: false, edit: "none", link: false, vote: true };
    const permits = new Permits(model, standing({ grants }));

    expect(permits.ofCommand("addChild", [mine])).toBe("add");
    expect(permits.ofCommand("moveUp", [mine])).toBe("change");
    expect(permits.ofCommand("undo", [])).toBe("change");
    expect(permits.ofCommand("relate", [mine])).toBe("add");
    expect(permits.ofCommand("fold", [mine])).toBeNull();
  });

  it("is changing one's own comments, and everybody's for a facilitator", () => {
    const { model } = two();
    const grants = { add: true, edit: "none", link: false, vote: false };
    const why = (by: string, state: Record<string, unknown>, who: Partial<Standing> = {}) =>
      new Permits(model, standing(state, who)).reasonOfComment(by);

    expect([why("me", {}), why("somebody", {})]).toEqual([null, "comment"]);
    expect(why("somebody", { grants }, { facilitates: true })).toBeNull();
    expect(why("me", { grants })).toBe("change");
    expect(why("me", {}, { rights: "readOnly" })).toBe("readOnly");
  });

  it("is changing one's own arrows where one changes one's own ideas alone", () => {
    const { model } = two();
    const why = (by: string, edit: string, who: Partial<Standing> = {}) => {
      const grants = { add: true, edit, link: false, vote: false };
      return new Permits(model, standing({ grants }, who)).reasonOfArrow(by);
    };

    expect([why(ME, "all"), why(OTHER, "all")]).toEqual([null, null]);
    expect([why(ME, "own"), why(OTHER, "own")]).toEqual([null, "own"]);
    expect(why(ME, "none")).toBe("change");
    expect(why(OTHER, "none", { facilitates: true })).toBeNull();
  });

  it("is reading, for a viewer and wherever the map stands still", () => {
    const { model, mine } = two();
    const of = (rights: Standing["rights"]) =>
      new Permits(model, standing({}, { rights })).ofCommand("edit", [mine]);

    expect([of("readOnly"), of("archived"), of("edit")]).toEqual(["readOnly", "archived", null]);
  });
});

describe("what one may do to more than one node", () => {
  it("is no new parent where nothing is added, or over what is not one's own", () => {
    const { model, mine, theirs } = two();
    const why = (add: boolean, edit: string, id: string) =>
      new Permits(model, standing({ grants: { add, edit, link: false, vote: false } })).ofCommand(
        "addParent",
        [id],
      );

    expect(why(false, "all", mine)).toBe("add");
    expect(why(true, "own", mine)).toBeNull();
    expect(why(true, "own", theirs)).toBe("own");
    expect(why(true, "own", ROOT)).toBeNull(); // It gets a child instead.
  });

  it("is deleting one's own idea alone only where nobody else's moves for it", () => {
    const { doc, model, mine, theirs, below } = two();
    const grants = { add: true, edit: "own", link: false, vote: false };
    const permits = new Permits(model, standing({ grants }));
    addChild(doc, { id: ME }, mine, "mine, too");
    expect(permits.ofCommand("removeKeeping", [mine])).toBeNull();

    const guest = addChild(doc, { id: OTHER }, mine, "a guest");

    expect(permits.ofCommand("removeKeeping", [mine])).toBe("own");
    expect(permits.ofCommand("removeKeeping", [mine, guest])).toBe("own");
    expect(permits.ofCommand("removeKeeping", [theirs])).toBe("own");
    expect(permits.ofCommand("removeKeeping", [below])).toBeNull();
  });

  it("is bringing back what one might delete, had it not been", () => {
    const { doc, model, mine, theirs, below } = two();
    remove(doc, { id: ME }, [mine]);
    remove(doc, { id: OTHER }, [theirs]);
    const why = (id: string, stage: Record<string, unknown>) =>
      new Permits(model, standing(stage)).reason("restore", [id]);
    const grants = (edit: string) => ({ add: true, edit, link: false, vote: false });

    expect([why(mine, {}), why(theirs, {})]).toEqual([null, null]);
    expect(why(mine, { grants: grants("none") })).toBe("change");
    expect([mine, theirs].map((id) => why(id, { grants: grants("own") }))).toEqual([null, "own"]);
    expect(why(theirs, { locks: [below] })).toBe("below");
    expect([mine, below].map((id) => why(id, { locks: [ROOT] }))).toEqual(["branch", "branch"]);
  });
});

describe("what nobody may do just now", () => {
  it("ends for the reason that something can be done about", () => {
    const why = (phase: string, locked: boolean, role: MapRole = "editor", state = "open") => {
      const session = { ...readStage({}), phase, locked, epoch: 1 };
      return rightsOf({ state } as MapEntry, { ...NEW_STATUS, phase: "open", role, session });
    };

    expect(why("live", false)).toBe("edit");
    expect(why("live", true)).toBe("locked");
    expect(why("live", false, "viewer")).toBe("readOnly");
    expect(why("paused", true)).toBe("paused");
    expect(why("paused", false, "facilitator")).toBe("edit");
    expect(why("scheduled", true)).toBe("ahead");
    expect(why("closed", true, "facilitator")).toBe("closed");
    expect(why("closed", false, "viewer")).toBe("closed");
    expect(why("archived", true, "facilitator", "archived")).toBe("archived");
    expect(why("live", true, "facilitator", "archived")).toBe("mapArchived");
  });
});

describe("a timer", () => {
  it("counts by the server's clock, stands still while paused, and goes on past its end", () => {
    expect(timeLeft({ ends: 90_000, left: null }, 30_000)).toEqual({ ms: 60_000, paused: false });
    expect(timeLeft({ ends: null, left: 5_000 }, 1)).toEqual({ ms: 5_000, paused: true });
    expect(timeLeft({ ends: 1_000, left: null }, 3_500)?.ms).toBe(-2_500);
    expect(timeLeft({ ends: null, left: null }, 1)).toBeNull();
  });

  it("reads as minutes and seconds", () => {
    expect([245_000, 59_001, 0, -61_000].map(clockFace)).toEqual(["4:05", "1:00", "0:00", "1:01"]);
  });
});

describe("votes that are on their way", () => {
  it("are counted at once, and what is taken back can be given again", () => {
    const two = changed({ votes: { a: 1 }, left: 4, of: 5 }, "a", 2);

    expect(two).toEqual({ votes: { a: 2 }, left: 3, of: 5 });
    expect(changed(two, "a", 0)).toEqual({ votes: {}, left: 5, of: 5 });
  });
});
