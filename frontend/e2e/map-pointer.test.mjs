/** The map under mouse and fingers, with its menu, and where one may only look. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { openMap, page, press, select, spot, state, type } from "./board.mjs";

/** Drags the node with a text to a point. */
async function drag(text, to) {
  const from = await spot(text);
  await page.mouse.move(from.cx, from.cy);
  await page.mouse.down();
  await page.mouse.move(from.cx + 20, from.cy - 20);
  await page.mouse.move(to.cx, to.cy, { steps: 5 });
  await page.mouse.up();
  await state();
}

describe("pointer", () => {
  beforeEach(() => openMap());

  it("edits with a double click, and commits with a click elsewhere", async () => {
    await page.locator("[role=treeitem]", { hasText: "Cybercrime" }).dblclick();
    await type(" today");
    await page.mouse.click(640, 20);
    assert.equal((await state()).editing, null);
    await select("Cybercrime today");
    assert.equal((await state()).active, "Cybercrime today");
  });

  it("drags a branch into another, where the mark shows it", async () => {
    await press("Control+0");
    await state();
    const from = await spot("Drone photos of scenes");
    const to = await spot("Fraud by phone");
    await page.mouse.move(from.cx, from.cy);
    await page.mouse.down();
    await page.mouse.move(from.cx + 20, from.cy - 20);
    await page.mouse.move(to.cx, to.cy, { steps: 5 });
    await page.mouse.up();
    const now = await state();
    assert.equal(now.active, "Drone photos of scenes");
    assert.equal(now.parent, "Fraud by phone");
  });

  it("leaves the map where it is when a branch lands across it", async () => {
    await press("Control+0");
    await state();
    const topic = await spot("What holds us back");
    await drag("Forensics", await spot("Fraud by phone"));
    assert.equal((await state()).parent, "Fraud by phone");
    assert.ok(Math.abs((await spot("What holds us back")).x - topic.x) < 2);
    await press("Control+z");
    assert.equal((await state()).active, "Forensics");
    const back = await spot("What holds us back");
    assert.ok(Math.hypot(back.x - topic.x, back.y - topic.y) < 1, `${back.x}, ${back.y}`);
  });

  it("takes a main branch to the empty side, and back with undo", async () => {
    await press("Control+0");
    await state();
    const topic = await spot("What holds us back");
    const { x } = await spot("Cybercrime");
    const across = 2 * topic.cx - x;
    await drag("Cybercrime", { cx: across, cy: topic.cy });
    const now = await spot("Cybercrime");
    assert.ok(x > topic.cx ? now.x < topic.x : now.x > topic.x, `${x} to ${now.x}`);
    await press("Control+z");
    assert.ok(Math.abs((await spot("Cybercrime")).x - x) < 2);
  });

  it("is pulled along by a drag at its edge, and no further than it goes", async () => {
    await press("Control+0");
    const from = await spot("Cybercrime");
    await page.mouse.move(from.cx, from.cy);
    await page.mouse.down();
    await page.mouse.move(from.cx + 20, from.cy - 20);
    await page.mouse.move(2, 400, { steps: 5 });
    const { x } = await spot("What holds us back");
    assert.ok(0 < x && x < 1000, `the topic is in sight, at ${x}`);
    await press("Escape");
    await page.mouse.up();
  });

  it("leaves everything as it was when a drag ends with Escape", async () => {
    await press("Control+0");
    await state();
    const from = await spot("Drone photos of scenes");
    const to = await spot("Fraud by phone");
    await page.mouse.move(from.cx, from.cy);
    await page.mouse.down();
    await page.mouse.move(to.cx, to.cy, { steps: 5 });
    await state(); // The browser holds moves back until the next frame, but not keys.
    await press("Escape");
    await page.mouse.up();
    assert.equal((await state()).parent, "Forensics");
  });

  it("pans with the wheel, and zooms about the pointer with Ctrl", async () => {
    const before = await spot("Cybercrime");
    await page.mouse.move(before.cx, before.cy);
    await page.mouse.wheel(0, 120);
    await state();
    const panned = await spot("Cybercrime");
    assert.ok(Math.abs(before.y - panned.y - 120) < 2);
    await page.mouse.move(panned.cx, panned.cy);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    await state();
    const zoomed = await spot("Cybercrime");
    assert.ok(zoomed.width > panned.width);
    assert.ok(Math.hypot(zoomed.cx - panned.cx, zoomed.cy - panned.cy) < 3);
  });

  it("chooses a branch by its name from far away, where the name is larger than the branch", async () => {
    await select("Cybercrime");
    const { cx, cy } = await spot("Cybercrime");
    await page.mouse.move(cx, cy);
    await page.keyboard.down("Control");
    for (let step = 0; step < 4; step++) await page.mouse.wheel(0, 100);
    await page.keyboard.up("Control");
    await state();
    const far = await spot("Cybercrime");
    assert.ok(far.width < 50, `${far.width} wide`);
    await select("What holds us back");
    const beyond = far.width / 2 + 12;
    await page.mouse.click(far.cx + (far.cx > 640 ? beyond : -beyond), far.cy);
    assert.equal((await state()).active, "Cybercrime");
  });
});

describe("menu", () => {
  beforeEach(() => openMap());

  it("opens at the active node with its key, and is walked with arrows", async () => {
    await select("Forensics");
    await press("ContextMenu");
    const menu = page.getByRole("menu");
    await menu.waitFor();
    const node = await spot("Forensics");
    const place = await menu.boundingBox();
    assert.ok(Math.abs(place.x - node.x) < 20);
    await press("ArrowDown", "ArrowDown", "Enter");
    assert.equal((await state()).parent, "Forensics");
    assert.equal((await state()).editing, "");
  });

  it("gives a kind, which the node then shows in words", async () => {
    const node = page.locator("[role=treeitem]", { hasText: "Call centres abroad" });
    await node.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Kind" }).click();
    await page.getByRole("menuitemradio", { name: "Cause" }).click();
    await state();
    assert.equal(await node.textContent(), "CauseCall centres abroad");
  });
});

describe("looking only", () => {
  beforeEach(() => openMap("map=workshop&view=1"));

  it("walks and folds, and lets nothing be changed", async () => {
    await select("Cybercrime");
    const { size } = await state();
    await press("Delete", "F2", "Enter", "Insert", "x");
    await page.locator("[role=treeitem]", { hasText: "Forensics" }).dblclick();
    const now = await state();
    assert.equal(now.size, size);
    assert.equal(now.editing, null);
    await page.locator("[role=treeitem]", { hasText: "Forensics" }).click({ button: "right" });
    assert.equal(await page.getByRole("menuitem", { name: "Delete" }).count(), 0);
  });
});

describe("touch", () => {
  beforeEach(() =>
    openMap("map=workshop", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    }),
  );

  /** Fingers on the glass, as the browser reports them. */
  async function touch(...steps) {
    const cdp = await page.context().newCDPSession(page);
    for (const points of steps) {
      const type = points === null ? "touchEnd" : "touchMove";
      await cdp.send("Input.dispatchTouchEvent", {
        type: steps.indexOf(points) === 0 ? "touchStart" : type,
        touchPoints: (points ?? []).map(([x, y], id) => ({ x, y, id })),
      });
      await state();
    }
  }

  it("selects with a tap and edits with two", async () => {
    const { cx, cy } = await spot("What holds us back");
    await page.touchscreen.tap(cx, cy);
    assert.match((await state()).active, /^What holds us back/);
    await page.touchscreen.tap(cx, cy);
    assert.match((await state()).editing, /^What holds us back/);
  });

  it("writes in letters of full size, and stands where it was afterwards", async () => {
    const before = await spot("What holds us back");
    await page.touchscreen.tap(before.cx, before.cy);
    await page.touchscreen.tap(before.cx, before.cy);
    assert.match((await state()).editing, /^What holds us back/);
    const zoom = () => page.evaluate(() => window.bench.controller.view.camera.goal().zoom);
    assert.equal(await zoom(), 1);
    await press("Escape");
    await state();
    const after = await spot("What holds us back");
    assert.ok(Math.abs(after.width - before.width) < 1, `${before.width} to ${after.width}`);
  });

  it("shows the whole map as wide as the window", async () => {
    await page.evaluate(() => window.bench.controller.run("fit"));
    await state();
    const [left, right] = await page.evaluate(() => {
      const { camera, scene } = window.bench.controller.view;
      const { x, y, width } = scene.layout.bounds();
      return [x, x + width].map((at) => camera.toScreen({ x: at, y }).x);
    });
    assert.ok(left < 25 && right > 365, `${left} to ${right}`);
  });

  it("pans with one finger, on a node too, and moves nothing", async () => {
    const before = await spot("Cybercrime");
    const at = [before.x + 20, before.cy];
    await touch([at], [[at[0] - 30, at[1]]], [[at[0] - 60, at[1] - 40]], null);
    const after = await spot("Cybercrime");
    assert.ok(Math.abs(before.x - after.x - 60) < 2, `by ${before.x - after.x}`);
    await select("Cybercrime");
    assert.match((await state()).parent, /^What holds us back/);
  });

  it("zooms with two fingers", async () => {
    const before = await spot("What holds us back");
    const [x, y] = [before.cx, before.cy];
    await touch(
      [
        [x - 40, y],
        [x + 40, y],
      ],
      [
        [x - 60, y],
        [x + 60, y],
      ],
      [
        [x - 80, y],
        [x + 80, y],
      ],
      null,
    );
    const after = await spot("What holds us back");
    assert.ok(Math.abs(after.width / before.width - 2) < 0.1, `${after.width / before.width}`);
    assert.ok(Math.abs(after.cx - x) < 3);
  });

  it("opens the menu with a long press", async () => {
    const { cx, cy } = await spot("What holds us back");
    await touch([[cx, cy]]);
    await page.getByRole("menuitem", { name: "Add child" }).waitFor();
  });
});
