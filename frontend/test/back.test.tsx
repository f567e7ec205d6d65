/** The ways back, and who may go them. */
import { fireEvent, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addChild, createUndo, nextStepLinks, setKind, setLink } from "~/map/commands";
import { ROOT, textOf } from "~/map/schema";
import { applyChange } from "~/map/textDelta";
import { beginWriting, endWriting } from "~/pages/session/actions/back";
import { type Gate, OPEN_GATE } from "~/pages/session/actions/context";
import { MapOutline } from "~/pages/session/MapOutline";
import type { Standing } from "~/pages/session/permits";
import { useGate } from "~/pages/session/useGate";
import { readStage } from "~/sync/sessionState";
import { AUTHOR, mapOf, outlineOf } from "./maps";
import { layOutRows, open } from "./panels";

beforeEach(layOutRows);
afterEach(() => {
  vi.restoreAllMocks();
});

/** A map in which "a" is being written in. */
function writing() {
  const map = mapOf("a");
  const undo = createUndo(map.doc);
  const id = map.at("a");
  const type = (words: string, node = id) => {
    const text = textOf(map.doc, node);
    if (text) applyChange(text, { at: text.length, removed: 0, inserted: words });
  };
  return { ...map, undo, id, type };
}

describe("writing that is taken back", () => {
  it("takes what was written with it, and Redo does not bring it back", () => {
    const { model, undo, id, type } = writing();
    const depth = beginWriting(undo);
    type("bc");

    const isGone = endWriting({ model, undo }, OPEN_GATE, { id, fresh: false, depth }, "takeBack");

    expect(isGone).toBe(false);
    undo.redo();
    expect(outlineOf(model)).toBe("a\n");
  });

  it("leaves to Redo what was undone before it, where nothing was written", () => {
    const { doc, model, undo, id } = writing();
    setKind(doc, [id], "gap");
    undo.undo();
    const depth = beginWriting(undo);

    endWriting({ model, undo }, OPEN_GATE, { id, fresh: false, depth }, "takeBack");
    undo.redo();

    expect(model.node(id)?.kind).toBe("gap");
  });

  it("takes the node with it that was made for it, for good", () => {
    const { doc, model, undo, type } = writing();
    const id = addChild(doc, AUTHOR, ROOT);
    const depth = beginWriting(undo);
    type("bc", id);

    expect(endWriting({ model, undo }, OPEN_GATE, { id, fresh: true, depth }, "takeBack")).toBe(
      true,
    );

    undo.redo();
    expect(outlineOf(model)).toBe("a\n");
  });

  it("stays in the row that Escape has left, whatever Redo is asked for", () => {
    const { model } = open("Radio", MapOutline, { start: "Radio" });
    const row = () => screen.getByRole("treeitem", { name: /Radio/ });
    fireEvent.keyDown(row(), { key: "F2" });
    fireEvent.input(screen.getByRole("textbox"), { target: { value: "Radio and more" } });

    fireEvent.keyDown(screen.getByRole("textbox"), { key: "Escape" });
    fireEvent.keyDown(row(), { key: "y", ctrlKey: true });

    expect(outlineOf(model)).toBe("Radio\n");
  });
});

it("leaves all as it is where the pen was taken away in mid-word", () => {
  const { doc, model, undo } = writing();
  const id = addChild(doc, AUTHOR, ROOT);
  const depth = beginWriting(undo);
  const gate: Gate = { ...OPEN_GATE, reason: () => "Nothing is changed in this round." };

  expect(endWriting({ model, undo }, gate, { id, fresh: true, depth }, "keep")).toBe(false);

  expect(model.node(id)).toBeTruthy();
});

it("lets one take back a link where a round allows linking and nothing else", () => {
  const { doc, model, undo, id } = writing();
  const grants = { add: false, edit: "none", link: true, vote: false };
  const standing: Standing = {
    ...{ rights: "edit", facilitates: false, me: AUTHOR.id },
    session: { phase: "live", locked: false, epoch: 1, ...readStage({ grants }) },
    stepLinks: (what) => nextStepLinks(undo, what),
  };
  const voter = { isOpen: false, change: () => undefined };
  const { gate } = renderHook(() => useGate(model, standing, voter)).result.current;
  setKind(doc, [id], "gap");
  expect(gate.reason("undo", { ids: [] })).toBe("Nothing is changed in this round.");

  setLink(doc, AUTHOR, id, "gap:0190");

  expect(gate.reason("undo", { ids: [] })).toBeNull();
});
