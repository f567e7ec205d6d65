import { describe, expect, it } from "vitest";
import { Camera } from "~/pages/session/render/camera";

function camera(): Camera {
  const made = new Camera();
  Object.assign(made, { width: 1000, height: 600, x: 40, y: -20, zoom: 0.8 });
  return made;
}

describe("camera", () => {
  it("keeps the point under the pointer where it is when zooming", () => {
    const it = camera();
    const pointer = { x: 130, y: 480 };
    const before = it.toWorld(pointer);
    it.zoomAbout(pointer, 1.7);
    expect(it.zoom).toBeCloseTo(1.36);
    expect(it.toWorld(pointer).x).toBeCloseTo(before.x);
    expect(it.toWorld(pointer).y).toBeCloseTo(before.y);
  });

  it("moves no further than it must to show a node", () => {
    const it = camera();
    const inView = { x: 30, y: -30, width: 20, height: 20 };
    expect(it.revealing(inView, 50)).toEqual({ x: 40, y: -20, zoom: 0.8 });
    const right = { x: 2000, y: -30, width: 20, height: 20 };
    const place = it.revealing(right, 50);
    expect(place.y).toBe(-20);
    expect(place.x + 450 / 0.8).toBeCloseTo(2020);
  });

  it("shows all of a box that it fits", () => {
    const it = camera();
    const box = { x: -3000, y: -400, width: 6000, height: 800 };
    it.goTo(it.fitting(box, 50), 0, true);
    expect(it.toScreen({ x: -3000, y: 0 }).x).toBeCloseTo(50);
    expect(it.toScreen({ x: 3000, y: 0 }).x).toBeCloseTo(950);
  });

  it("arrives, and stands still at once where motion is not wanted", () => {
    const it = camera();
    it.goTo({ x: 500, y: 0, zoom: 1 }, 0, false);
    it.step(100);
    expect(it.moving).toBe(true);
    it.step(5000);
    expect([it.moving, it.x, it.zoom]).toEqual([false, 500, 1]);
    it.goTo({ x: 0, y: 0, zoom: 1 }, 6000, true);
    expect([it.moving, it.x]).toEqual([false, 0]);
  });

  it("keeps what is at the top left there when the window changes its size", () => {
    const it = camera();
    const corner = it.toWorld({ x: 0, y: 0 });
    it.resize(700, 600);
    expect(it.toWorld({ x: 0, y: 0 })).toEqual(corner);
  });
});
