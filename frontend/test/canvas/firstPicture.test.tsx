import { act } from "@testing-library/react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import type { OpenMap } from "~/hooks/roomState";
import { createUndo } from "~/map/commands";
import type { MapNode } from "~/map/model";
import { ROOT } from "~/map/schema";
import { NO_ACTIONS } from "~/pages/session/actions/context";
import { MapCanvas, type MapCanvasProps } from "~/pages/session/MapCanvas";
import type { MapController } from "~/pages/session/MapController";
import { AUTHOR, mapOf } from "../maps";

let root: Root;
let page: HTMLElement;

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  page = document.body.appendChild(document.createElement("div"));
  root = createRoot(page);
});

afterEach(async () => {
  await act(async () => root.unmount());
  page.remove();
});

/** Puts a map into the page, and gives what is there before anything else is done. */
function show(props: Partial<MapCanvasProps>): MapController {
  const { doc, model } = mapOf("a\nb");
  const room = { awareness: new Awareness(doc), setPresence: () => undefined };
  const map = { doc, model, undo: createUndo(doc), room } as unknown as OpenMap;
  let made: MapController | null = null;
  flushSync(() =>
    root.render(
      <MapCanvas
        {...{ map, mapId: "m", author: AUTHOR, canEdit: true, page: NO_ACTIONS }}
        onController={(controller) => {
          made = controller;
        }}
        {...props}
      />,
    ),
  );
  return made as unknown as MapController;
}

it("has what the page knows of linked nodes in the first picture", () => {
  const chip = { kind: "gap", standing: "confirmed", text: "GAP-12", label: "GAP-12" } as const;

  const { view } = show({ chips: { of: () => chip } });

  const topic = view.scene.model.node(ROOT) as MapNode;
  expect(view.scene.chipOf(topic)).toBe(chip);
});
