/** Taking back a step when less is allowed than when it was made. */
import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { addChild, createUndo, move, nextReach, remove, setKind } from "~/map/commands";
import { type NodeId, ROOT, textOf } from "~/map/schema";
import { applyChange } from "~/map/textDelta";
import { beginWriting, endWriting, goStep } from "~/pages/session/actions/back";
import { type Gate, OPEN_GATE } from "~/pages/session/actions/context";
import { MapOutline } from "~/pages/session/MapOutline";
import { Permits } from "~/pages/session/permits";
import { readStage } from "~/sync/sessionState";
import { AUTHOR, copyOf, exchange, mapOf, outlineOf } from "./maps";
import { layOutRows, open } from "./panels";

beforeEach(layOutRows);

const ALL = { add: true, edit: "all", link: true, vote: false };

/** A map in which one makes steps, and rules that come after them. */
function stepping(outline: string) {
  const map = mapOf(outline);
  const undo = createUndo(map.doc);
  const why = (what: "undo" | "redo", state: Record<string, unknown>, me = AUTHOR.id) => {
    const stage = readStage({ grants: ALL, ...state });
    const session = { phase: "live", locked: false, epoch: 1, ...stage };
    const reach = (next: "undo" | "redo") => nextReach(undo, next);
    const standing = { rights: "edit", facilitates: false, me, session, nextReach: reach } as const;
    return new Permits(map.model, standing).ofCommand(what, []);
  };
  const type = (id: NodeId, inserted: string) => {
    const text = textOf(map.doc, id);
    if (text) applyChange(text, { at: text.length, removed: 0, inserted });
  };
  return { ...map, undo, why, type };
}

describe("a step", () => {
  it("stays where its branch was locked since, and goes where another was", () => {
    const { at, why, type } = stepping("Radio\n\tRange\nCameras");
    type(at("Range"), "s");

    expect(why("undo", { locks: [at("Radio")] })).toBe("branch");
    expect(why("undo", { locks: [at("Cameras")] })).toBeNull();
  });

  it("stays where something would come back into a locked branch", () => {
    const { doc, undo, at, why } = stepping("Radio\n\tRange\nCameras");
    move(doc, [at("Range")], at("Cameras"), null);

    expect(why("undo", { locks: [at("Radio")] })).toBe("branch");
    undo.undo();
    expect(why("redo", { locks: [at("Cameras")] })).toBe("branch");
    expect(why("redo", {})).toBeNull();
  });

  it("stays where it would take away, or bring back, what is above a lock", () => {
    const { doc, at, why, type } = stepping("Radio\n\tRange");
    const made = addChild(doc, AUTHOR, ROOT, "Cameras");
    const below = addChild(copyOf(doc), AUTHOR, made, "Masks");
    expect(why("undo", { locks: [below] })).toBeNull();

    const other = copyOf(doc);
    const theirs = addChild(other, AUTHOR, made, "Masks");
    exchange(doc, other);
    expect(why("undo", { locks: [theirs] })).toBe("below");

    type(at("Radio"), "s");
    expect(why("undo", { locks: [at("Range")] })).toBeNull();
    const range = at("Range");
    remove(doc, AUTHOR, [at("Radios")]);
    expect(why("undo", { locks: [range] })).toBe("below");
  });

  it("stays where one changes one's own ideas alone by now, and this is another's", () => {
    const { doc, undo, at, why } = stepping("Radio");
    const own = { grants: { ...ALL, edit: "own" } };
    setKind(doc, [at("Radio")], "gap");

    expect(why("undo", own, "somebody")).toBe("own");
    expect(why("undo", own)).toBeNull();
    addChild(doc, AUTHOR, ROOT, "Cameras");
    undo.undo();
    expect(why("redo", own)).toBeNull();
  });

  it("is asked about with all that was typed in it", () => {
    const { undo, at, why, type } = stepping("Radio\nCameras");
    type(at("Radio"), "s");
    type(at("Radios"), " and masks");

    expect(undo.undoStack).toHaveLength(1);
    expect(why("undo", { locks: [at("Radios and masks")] })).toBe("branch");
  });
});

describe("a step of which others left nothing", () => {
  it("lets nothing go but itself where Escape takes back what was written", () => {
    const { doc, model, undo, at, type } = stepping("Radio");
    const id = at("Radio");
    setKind(doc, [id], "gap");
    const before = beginWriting(undo);
    type(id, " range");
    const other = copyOf(doc);
    textOf(other, id)?.delete("Radio".length, " range".length);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), "remote");

    endWriting({ model, undo }, OPEN_GATE, { id, fresh: false, before }, "takeBack");

    expect(model.node(id)?.kind).toBe("gap");
    expect(outlineOf(model)).toBe("Radio\n");
  });

  it("is passed over, and the one before it is asked about by itself", () => {
    const { doc, model, undo, at, type } = stepping("Radio\nCameras");
    const [radio, cameras] = [at("Radio"), at("Cameras")];
    setKind(doc, [radio], "gap");
    type(cameras, "!");
    const other = copyOf(doc);
    textOf(other, cameras)?.delete("Cameras".length, 1);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), "remote");
    const isLocked = () => nextReach(undo, "undo")?.nodes.has(radio) === true;
    const gate: Gate = { ...OPEN_GATE, withheld: isLocked };

    expect(goStep(undo, gate, "undo")).toBe(false);
    expect(model.node(radio)?.kind).toBe("gap");
    expect(goStep(undo, OPEN_GATE, "undo")).toBe(true);
    expect(model.node(radio)?.kind).toBeNull();
  });
});

it("is not moved in under an idea whose branch is locked", () => {
  const asked: unknown[] = [];
  const gate: Gate = {
    ...OPEN_GATE,
    withheld: (what, { to = [] }) => {
      if (what === "move") asked.push(...to);
      return what === "move" && to.length > 0;
    },
  };
  const { model, at } = open("Radio\nCameras", MapOutline, { start: "Cameras", gate });

  const row = screen.getByRole("treeitem", { name: /Cameras/ });
  fireEvent.keyDown(row, { key: "ArrowRight", altKey: true });

  expect(asked).toEqual([at("Radio")]);
  expect(outlineOf(model)).toBe("Radio\nCameras\n");
});
