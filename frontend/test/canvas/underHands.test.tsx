/** What others do to the very node that one has in hand: nothing of it may hit another one. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { OpenMap } from "~/hooks/roomState";
import { createUndo, move, remove } from "~/map/commands";
import { NO_ACTIONS } from "~/pages/session/actions/context";
import { MapCanvas } from "~/pages/session/MapCanvas";
import type { MapController } from "~/pages/session/MapController";
import { AUTHOR, mapOf, OTHER, outlineOf } from "../maps";
import { others as othersIn } from "../panels";

const MAP = `
  Forensics
    Scan the scene
    Keep the chain
  Radio
    Dead spots
`;
const AT = { x: 5, y: 5 };

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** A frame of the map, as the browser draws them. */
const frame = () => act(() => new Promise<void>((done) => requestAnimationFrame(() => done())));

/** Opens a map, and gives what moves it and what others do to it. */
function open() {
  const { doc, model, at } = mapOf(MAP);
  const room = { awareness: new Awareness(doc), setPresence: () => undefined };
  const map = { doc, model, undo: createUndo(doc), room } as unknown as OpenMap;
  let made: MapController | null = null;
  render(
    <MapCanvas
      {...{ map, mapId: "m", author: AUTHOR, canEdit: true, page: NO_ACTIONS }}
      onController={(controller) => {
        made = controller ?? made;
      }}
    />,
  );
  const others = async (edit: (theirs: Y.Doc) => void) => {
    await othersIn(doc, edit);
    await frame();
  };
  return { doc, model, at, others, controller: made as unknown as MapController };
}

describe("a node that one writes in", () => {
  it("stays open where others move it into a folded branch", async () => {
    const { model, at, others, controller } = open();
    act(() => controller.view.fold(at("Radio"), true));
    act(() => controller.view.edit(at("Scan the scene")));
    await frame();

    await others((theirs) => move(theirs, [at("Scan the scene")], at("Radio"), null));

    const field = screen.getByRole("textbox");
    expect(document.activeElement).toBe(field);
    fireEvent.input(field, { target: { value: "Scan the scene twice" } });
    expect(outlineOf(model)).toContain("Radio\n\tDead spots\n\tScan the scene twice\n");
  });
});

describe("a selected node", () => {
  it("that others move and then delete, is left for what it stood under last", async () => {
    const { at, others, controller } = open();
    act(() => controller.view.select(at("Scan the scene")));
    await frame();

    await others((theirs) => move(theirs, [at("Scan the scene")], at("Radio"), null));
    await others((theirs) => remove(theirs, OTHER, [at("Scan the scene")]));

    expect(controller.view.selection.active).toBe(at("Radio"));
  });

  it("that others delete under its open menu, takes the menu with it", async () => {
    const { model, at, others, controller } = open();
    const id = at("Scan the scene");
    act(() => controller.menu(AT, { id, knob: false }));
    await screen.findByRole("menuitem", { name: /Delete/ });
    const tree = screen.getByRole("tree", { hidden: true });

    await others((theirs) => remove(theirs, OTHER, [id]));

    expect(screen.queryByRole("menu")).toBeNull();
    expect(document.activeElement).toBe(tree);
    expect(outlineOf(model)).toContain("Forensics\n");
  });
});

describe("a node that others delete under a finger", () => {
  it.each([
    [
      "tap",
      (it: MapController, hit: { id: string; knob: boolean }) =>
        it.tap(hit, { shift: false, mod: false, touch: true }),
    ],
    ["double tap", (it: MapController, hit: { id: string; knob: boolean }) => it.doubleTap(hit)],
    ["long press", (it: MapController, hit: { id: string; knob: boolean }) => it.menu(AT, hit)],
    ["drag", (it: MapController, hit: { id: string; knob: boolean }) => it.dragStart(hit, AT)],
  ])("is not chosen by what was a %s", async (_, press) => {
    const { at, others, controller } = open();
    const hit = { id: at("Scan the scene"), knob: false };
    act(() => controller.view.select(at("Radio")));
    await others((theirs) => remove(theirs, OTHER, [hit.id]));

    act(() => void press(controller, hit));
    await frame();

    expect(controller.view.selection.list()).toEqual([at("Radio")]);
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.queryByRole("menu")).toBeNull();
  });
});
