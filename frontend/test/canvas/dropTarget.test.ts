import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Box } from "~/map/layout";
import { ROOT } from "~/map/schema";
import { dropTarget, isSamePlace } from "~/pages/session/render/dropTarget";
import { TextMeasure } from "~/pages/session/render/measure";
import { Scene } from "~/pages/session/render/scene";
import { mapOf } from "../maps";

let map: ReturnType<typeof mapOf>;
let scene: Scene;

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  map = mapOf(`
    A
      A1
      A2
      A3
    B
  `);
  scene = new Scene({
    model: map.model,
    measure: new TextMeasure("sans-serif"),
    folded: [],
    kindLabel: (kind) => kind,
    emptyLabel: "empty",
    chips: { of: () => null },
    changed: () => undefined,
  });
});

const box = (text: string): Box => scene.layout.box(map.at(text)) as Box;
const over = (x: number, y: number, ...dragged: string[]) =>
  dropTarget(scene, { x, y }, new Set(dragged.map(map.at)));

describe("dropping", () => {
  it("on the middle of a node hangs it under that node, at the end", () => {
    const { x, y, width, height } = box("B");
    expect(over(x + width / 2, y + height / 2, "A1")).toMatchObject({
      parent: map.at("B"),
      before: null,
    });
  });

  it("on a node's upper or lower edge puts it before or after", () => {
    const { x, y, height } = box("A2");
    expect(over(x + 4, y + 2, "A3")).toMatchObject({ parent: map.at("A"), before: map.at("A2") });
    expect(over(x + 4, y + height - 2, "A1")).toMatchObject({
      parent: map.at("A"),
      before: map.at("A3"),
    });
  });

  it("beyond a parent's outer edge finds the place among its children by height", () => {
    const parent = box("A");
    const { y } = box("A2");
    expect(over(parent.x + parent.width + 10, y - 4, "B")).toMatchObject({
      parent: map.at("A"),
      before: map.at("A2"),
    });
  });

  it("never lands in what is dragged, nor far from everything", () => {
    const { x, y, height } = box("A2");
    expect(over(x + 20, y + height / 2, "A")?.parent).not.toBe(map.at("A"));
    expect(over(5000, 5000, "A")).toBeNull();
  });

  it("where it came from is no move", () => {
    const { x, y, height } = box("A1");
    const target = over(x + 4, y + height - 2, "A2");
    expect(target && isSamePlace(scene, [map.at("A2")], target)).toBe(true);
    const away = target && { ...target, parent: ROOT };
    expect(away && isSamePlace(scene, [map.at("A2")], away)).toBe(false);
  });
});
