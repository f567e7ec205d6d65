/** What the keys of the outline do to the row that was chosen, to several, and where none was. */
import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ROOT } from "~/map/schema";
import { MapOutline } from "~/pages/session/MapOutline";
import { outlineOf } from "./maps";
import { layOutRows, open } from "./panels";

const MAP = `
  Forensics
    Scan the scene
    Keep the chain
  Radio
`;

beforeEach(layOutRows);
afterEach(() => vi.restoreAllMocks());

const key = (name: RegExp, key: string, more: object = {}) =>
  fireEvent.keyDown(screen.getByRole("treeitem", { name }), { key, ...more });

it("begins a branch with the first letter where no row was chosen", () => {
  const { model, selection } = open(MAP, MapOutline);

  key(/^Map/, "c");
  fireEvent.input(screen.getByRole("textbox"), { target: { value: "Cameras" } });
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Enter" });

  expect(outlineOf(model)).toContain("Radio\nCameras\n");
  expect(model.node(ROOT)?.text).toBe("Map");
  expect(model.node(selection.now ?? "")?.text).toBe("Cameras");
});

it("selects more rows with Shift and the arrows, and does to all what is done", () => {
  const { model } = open(MAP, MapOutline, { start: "Scan the scene" });
  const chosen = () =>
    screen
      .getAllByRole("treeitem", { selected: true })
      .map((it) => it.textContent)
      .join();

  key(/Scan/, "ArrowDown", { shiftKey: true });
  key(/Keep/, "ArrowDown", { shiftKey: true });
  expect(chosen()).toBe("Scan the scene,Keep the chain,Radio");
  key(/Radio/, "ArrowUp", { shiftKey: true });
  expect(chosen()).toBe("Scan the scene,Keep the chain");
  key(/Keep/, "ArrowLeft", { altKey: true });
  expect(outlineOf(model)).toBe("Forensics\nScan the scene\nKeep the chain\nRadio\n");
  key(/Keep/, "Delete");

  expect(outlineOf(model)).toBe("Forensics\nRadio\n");
  expect(chosen()).toBe("Radio");
});

it("selects all with Ctrl+A, and one again by Escape or the next arrow", () => {
  open(MAP, MapOutline, { start: "Radio" });
  const count = () => screen.getAllByRole("treeitem", { selected: true }).length;

  key(/Radio/, "a", { ctrlKey: true });
  expect(count()).toBe(5);
  key(/Radio/, "Escape");
  expect(count()).toBe(1);
  key(/Radio/, "a", { ctrlKey: true });
  key(/Radio/, "ArrowUp");
  expect(count()).toBe(1);
});

it("takes back by Ctrl+Z of a Greek keyboard what was typed, and leaves none of it to the browser", () => {
  const { model } = open(MAP, MapOutline, { start: "Radio" });
  key(/Radio/, "F2");
  const field = screen.getByRole("textbox");
  fireEvent.input(field, { target: { value: "Radio gaps" } });

  const isLeft = fireEvent.keyDown(field, { key: "ζ", code: "KeyZ", ctrlKey: true });

  expect(isLeft).toBe(false);
  expect(outlineOf(model)).toContain("Radio\n");
});
