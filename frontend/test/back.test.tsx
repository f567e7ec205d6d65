/** The ways back, and who may go them. */
import { act, fireEvent, renderHook, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { addChild, createUndo, nextReach, remove, setKind, setLink } from "~/map/commands";
import { type NodeId, ROOT, textOf } from "~/map/schema";
import { applyChange } from "~/map/textDelta";
import { beginWriting, endWriting } from "~/pages/session/actions/back";
import { cut, paste } from "~/pages/session/actions/clipboard";
import { type Gate, OPEN_GATE } from "~/pages/session/actions/context";
import type { Hands } from "~/pages/session/actions/hands";
import { MapOutline } from "~/pages/session/MapOutline";
import { NodePanel } from "~/pages/session/NodePanel";
import type { PanelProps } from "~/pages/session/panelProps";
import type { Standing } from "~/pages/session/permits";
import { TrashPanel } from "~/pages/session/TrashPanel";
import { useGate } from "~/pages/session/useGate";
import { useLostWriting } from "~/pages/session/useLost";
import { readStage } from "~/sync/sessionState";
import { AUTHOR, copyOf, mapOf, outlineOf } from "./maps";
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
  it("takes what was written with it, and Redo brings it back", () => {
    const { model, undo, id, type } = writing();
    const before = beginWriting(undo);
    type("bc");

    const isGone = endWriting({ model, undo }, OPEN_GATE, { id, fresh: false, before }, "takeBack");

    expect(isGone).toBe(false);
    expect(outlineOf(model)).toBe("a\n");
    undo.redo();
    expect(outlineOf(model)).toBe("abc\n");
  });

  it("leaves to Redo what was undone before it, where nothing was written", () => {
    const { doc, model, undo, id } = writing();
    setKind(doc, [id], "gap");
    undo.undo();
    const before = beginWriting(undo);

    endWriting({ model, undo }, OPEN_GATE, { id, fresh: false, before }, "takeBack");
    undo.redo();

    expect(model.node(id)?.kind).toBe("gap");
  });

  it("takes what was written with it, also after going back to before it began", () => {
    const { doc, model, undo, id, type } = writing();
    setKind(doc, [id], "gap");
    const before = beginWriting(undo);
    undo.undo();
    type("bc");

    endWriting({ model, undo }, OPEN_GATE, { id, fresh: false, before }, "takeBack");

    expect(outlineOf(model)).toBe("a\n");
  });

  it("takes the node with it that was made for it, and Redo brings both back", () => {
    const { doc, model, undo, type } = writing();
    const id = addChild(doc, AUTHOR, ROOT);
    const before = beginWriting(undo);
    type("bc", id);

    expect(endWriting({ model, undo }, OPEN_GATE, { id, fresh: true, before }, "takeBack")).toBe(
      true,
    );

    expect(outlineOf(model)).toBe("a\n");
    undo.redo();
    undo.redo();
    expect(outlineOf(model)).toBe("a\nbc\n");
  });

  it("takes the node with it for good in which nothing was written", () => {
    const { doc, model, undo } = writing();
    const id = addChild(doc, AUTHOR, ROOT);
    const before = beginWriting(undo);

    endWriting({ model, undo }, OPEN_GATE, { id, fresh: true, before }, "takeBack");
    undo.redo();

    expect(outlineOf(model)).toBe("a\n");
  });

  it("comes back in the row that Escape has left, with Redo", () => {
    const { model } = open("Radio", MapOutline, { start: "Radio" });
    const row = () => screen.getByRole("treeitem", { name: /Radio/ });
    fireEvent.keyDown(row(), { key: "F2" });
    fireEvent.input(screen.getByRole("textbox"), { target: { value: "Radio and more" } });

    fireEvent.keyDown(screen.getByRole("textbox"), { key: "Escape" });
    expect(outlineOf(model)).toBe("Radio\n");
    fireEvent.keyDown(row(), { key: "y", ctrlKey: true });

    expect(outlineOf(model)).toBe("Radio and more\n");
  });
});

it("leaves all as it is where the pen was taken away in mid-word", () => {
  const { doc, model, undo } = writing();
  const id = addChild(doc, AUTHOR, ROOT);
  const before = beginWriting(undo);
  const gate: Gate = { ...OPEN_GATE, reason: () => WHY };

  expect(endWriting({ model, undo }, gate, { id, fresh: true, before }, "keep")).toBe(false);

  expect(model.node(id)).toBeTruthy();
});

const COLLECT = { add: true, edit: "all", link: false, vote: false };
const VOTE = { add: false, edit: "none", link: false, vote: true };
const WHY = "Nothing is changed in this round.";
const NO_VOTER = { isOpen: false, change: () => undefined };

function standingIn(grants: object, more: Partial<Standing> = {}): Standing {
  const session = { phase: "live", locked: false, epoch: 1, ...readStage({ grants }) };
  return { rights: "edit", facilitates: false, me: AUTHOR.id, session, ...more };
}

/** A panel in a session that collects, until `vote` is called. */
function inRounds(Panel: React.ComponentType<PanelProps>) {
  const round = { vote: () => {} };
  function Page(props: PanelProps) {
    const [grants, begin] = useState(COLLECT);
    round.vote = () => act(() => begin(VOTE));
    const { gate } = useGate(props.room.model, standingIn(grants), NO_VOTER);
    return <Panel {...props} gate={gate} />;
  }
  return { Page, vote: () => round.vote() };
}

/** Nothing but the word to whom somebody takes a node from under the hands. */
function Lost({ room, canEdit, gate, onSelect }: PanelProps) {
  useLostWriting({ room, canEdit, gate, onShow: onSelect });
  return null;
}

const timesSaid = () => screen.queryAllByText(WHY).length;

describe("in a round that takes the pen away", () => {
  it("Undo in the panel's fields says why it does nothing", () => {
    const { Page, vote } = inRounds(NodePanel);
    const { doc, model, undo, at } = open("Radio", Page, { start: "Radio" });
    act(() => setKind(doc, [at("Radio")], "gap"));
    vote();
    const before = timesSaid();

    for (const field of screen.getAllByRole("textbox")) {
      fireEvent.keyDown(field, { key: "z", ctrlKey: true });
    }

    expect(model.node(at("Radio"))?.kind).toBe("gap");
    expect(undo.canUndo()).toBe(true);
    expect(timesSaid()).toBeGreaterThan(before);
  });

  it("the trash gives nothing back", () => {
    const { Page, vote } = inRounds(TrashPanel);
    const { doc, model, at, selection } = open("Radio", Page);
    const id = at("Radio");
    act(() => remove(doc, AUTHOR, [id]));
    vote();

    fireEvent.click(screen.getByRole("button", { name: "Restore “Radio”" }));

    expect(model.node(id)).toBeUndefined();
    expect(selection.now).toBeNull();
    expect(timesSaid()).toBeGreaterThan(0);
  });

  it("what was deleted before stays deleted, whether or not it was the last step", () => {
    for (const more of [false, true]) {
      const { Page, vote } = inRounds(NodePanel);
      const { doc, model } = open("Radio", Page, { start: "Radio" });
      fireEvent.click(screen.getByRole("button", { name: "Delete branch" }));
      if (more) act(() => void addChild(doc, AUTHOR, ROOT, "more"));
      vote();

      fireEvent.click(screen.getByRole("button", { name: "Undo" }));

      expect(outlineOf(model)).toBe(more ? "more\n" : "");
      expect(model.trash()).toHaveLength(1);
    }
  });

  it("what somebody deleted under one's hands stays deleted", () => {
    const { Page, vote } = inRounds(Lost);
    const { doc, model, at, awareness, selection } = open("Radio", Page);
    const id = at("Radio");
    awareness.setLocalState({ caret: { node: id, field: "text", anchor: {}, head: {} } });
    const theirs = copyOf(doc);
    remove(theirs, { id: "other" }, [id]);
    act(() => Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs), "remote"));
    vote();

    fireEvent.click(screen.getByText("Bring it back"));

    expect(model.node(id)).toBeUndefined();
    expect(selection.now).toBeNull();
    expect(timesSaid()).toBeGreaterThan(0);
  });
});

it("leaves what was cut in the trash, until it may be brought back", () => {
  const { doc, model, at } = mapOf("Radio\nCameras");
  const id = at("Radio");
  const rule = { may: false };
  const gate: Gate = { ...OPEN_GATE, withheld: (what) => what === "restore" && !rule.may };
  const hands = (active: NodeId): Hands => ({
    ...{ doc, model, author: AUTHOR, canEdit: true, gate, ids: [active], active },
    run: () => remove(doc, AUTHOR, [active]),
    isFolded: () => false,
    show: () => undefined,
  });
  const carried = cut(hands(id)) ?? { text: "", branches: "" };

  paste(hands(at("Cameras")), carried);
  expect(outlineOf(model)).toBe("Cameras\n");

  rule.may = true;
  paste(hands(at("Cameras")), carried);
  expect(outlineOf(model)).toBe("Cameras\n\tRadio\n");
  expect(model.node(id)?.parent).toBe(at("Cameras"));
});

it("lets one take back a link where a round allows linking and nothing else", () => {
  const { doc, model, undo, id } = writing();
  const grants = { add: false, edit: "none", link: true, vote: false };
  const standing = standingIn(grants, { nextReach: (what) => nextReach(undo, what) });
  const { gate } = renderHook(() => useGate(model, standing, NO_VOTER)).result.current;
  setKind(doc, [id], "gap");
  expect(gate.reason("undo", { ids: [] })).toBe(WHY);

  setLink(doc, AUTHOR, id, "gap:0190");

  expect(gate.reason("undo", { ids: [] })).toBeNull();
});
