/** What mouse and fingers do with the map, the ways back from a deletion, and what others delete. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { Desk, ROOT } from "./desk.mjs";
import { browse, Gapmap, leave, PHONE, person, takeSeat, until } from "./kit.mjs";

const SEED = "One\n\tOne a\n\tOne b\nTwo\n\tTwo a\nThree";

let server;
let browser;
let mouse;
let finger;
let desk;
let session;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  const workshop = await server.workshop();
  session = workshop.session;
  mouse = await person(browser);
  finger = await person(browser, PHONE);
  await takeSeat(mouse, server, workshop.code, "Heron-12");
  await takeSeat(finger, server, workshop.code, "Badger-07");
});

after(async () => {
  await leave(mouse);
  await leave(finger);
  await browser.close();
  await server.stop();
});

afterEach(() => desk.page.close());

const begin = async (context) => {
  desk = await Desk.open(server, context, session, SEED);
};

/** Waits until a node stands where it should. */
const standsAt = (text, x, y) =>
  until(
    () => desk.spot(text),
    (at) => Math.hypot(at.x - x, at.y - y) < 3,
    `${text} is at ${x}, ${y}`,
  );

describe("the mouse", () => {
  it("hangs a branch under the node that it is dropped on", async () => {
    await begin(mouse);
    const from = await desk.spot("Two");
    const to = await desk.spot("One b");
    await desk.page.mouse.move(from.x, from.y);
    await desk.page.mouse.down();
    await desk.page.mouse.move(from.x + 12, from.y + 12);
    await desk.page.mouse.move(to.x, to.y, { steps: 5 });
    await desk.page.mouse.up();
    await desk.holds("One\n\tOne a\n\tOne b\n\t\tTwo\n\t\t\tTwo a\nThree");
    await desk.keys("Control+z");
    await desk.holds(SEED);
  });

  it("pans by dragging the background and with the wheel, zooms with Ctrl", async () => {
    await begin(mouse);
    const { x, y, width } = await desk.spot(ROOT);
    await desk.page.mouse.move(100, 700);
    await desk.page.mouse.down();
    await desk.page.mouse.move(140, 670, { steps: 4 });
    await desk.page.mouse.up();
    await standsAt(ROOT, x + 40, y - 30);
    await desk.page.mouse.wheel(0, 60);
    await standsAt(ROOT, x + 40, y - 90);
    await desk.page.keyboard.down("Control");
    await desk.page.mouse.wheel(0, -100);
    await desk.page.keyboard.up("Control");
    await until(
      () => desk.spot(ROOT),
      (at) => at.width > width * 1.1,
      "larger",
    );
  });

  it("opens a menu for the node under it with the right button, also where more are selected", async () => {
    await begin(mouse);
    await desk.keys("Control+a");
    await desk.click("Three", { button: "right" });
    const menu = desk.page.getByRole("menu", { name: "Actions for this idea" });
    await menu.getByRole("menuitem", { name: "Add child" }).click();
    await desk.field.waitFor();
    await desk.type("By menu");
    await desk.keys("Enter");
    await desk.holds(`${SEED}\n\tBy menu`);
  });
});

describe("fingers", () => {
  it("open the menu by a long press", async () => {
    await begin(finger);
    const touch = await finger.newCDPSession(desk.page);
    const menu = desk.page.getByRole("menu", { name: "Actions for this idea" });
    // A map that still glides into place moves from under a finger, as it would for a person.
    for (let tries = 0; tries < 5 && !(await menu.isVisible()); tries++) {
      if (tries > 0) {
        await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      }
      const at = await desk.spot("Three");
      const touchPoints = [{ x: at.x, y: at.y }];
      await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
      await menu.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await menu.waitFor();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await desk.drawn();
    await desk.page.getByRole("menuitem", { name: "Delete", exact: true }).tap();
    await desk.holds("One\n\tOne a\n\tOne b\nTwo\n\tTwo a");
  });

  it("write, move and delete with the bar under the map", async () => {
    await begin(finger);
    const bar = desk.page.getByRole("toolbar", { name: "Edit this idea" });
    await desk.node("Three").tap();
    const isOff = (name) => bar.getByRole("button", { name }).getAttribute("aria-disabled");
    assert.deepEqual([await isOff("Child"), await isOff("Redo")], [null, "true"]);
    await bar.getByRole("button", { name: "Child" }).tap();
    await desk.field.waitFor();
    await desk.type("New");
    await desk.keys("Enter");
    await desk.holds(`${SEED}\n\tNew`);
    await bar.getByRole("button", { name: "Move" }).tap();
    await desk.page.getByText("Tap the new parent").waitFor();
    await desk.node("Two").tap();
    await desk.holds("One\n\tOne a\n\tOne b\nTwo\n\tTwo a\n\tNew\nThree");
    await bar.getByRole("button", { name: "Delete" }).tap();
    await desk.holds(SEED);
    // While the page still tells of the deletion: that must not cover the bar.
    await bar.getByRole("button", { name: "Undo" }).tap({ timeout: 4_000 });
    await desk.holds("One\n\tOne a\n\tOne b\nTwo\n\tTwo a\n\tNew\nThree");
    await bar.getByRole("button", { name: "Redo" }).tap();
    await desk.holds(SEED);
    await bar.getByRole("button", { name: "More" }).tap();
    await desk.page.getByRole("menuitem", { name: "Write note" }).waitFor();
    const bottom = await desk.page
      .locator("header[data-region=bar]")
      .evaluate((it) => it.offsetHeight);
    assert.ok(bottom < 100, `the bar at the top has two rows: ${bottom}`);
    await desk.keys("Escape");
  });

  it("zoom with two, and pan with one", async () => {
    await begin(finger);
    const touch = await finger.newCDPSession(desk.page);
    const send = (type, ...touchPoints) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    const { width } = await desk.spot(ROOT);
    await send("touchStart", { x: 150, y: 620, id: 0 }, { x: 250, y: 620, id: 1 });
    await send("touchMove", { x: 120, y: 620, id: 0 }, { x: 280, y: 620, id: 1 });
    await send("touchMove", { x: 100, y: 620, id: 0 }, { x: 300, y: 620, id: 1 });
    await send("touchEnd");
    await until(
      () => desk.spot(ROOT),
      (at) => at.width > width * 1.3,
      "larger",
    );
    const before = await desk.spot(ROOT);
    await send("touchStart", { x: 60, y: 620 });
    await send("touchMove", { x: 80, y: 610 });
    await send("touchMove", { x: 110, y: 600 });
    await send("touchEnd");
    await standsAt(ROOT, before.x + 50, before.y - 20);
  });
});

describe("another view", () => {
  it("begins at the node that was chosen in the one before", async () => {
    const many = Array.from({ length: 80 }, (_, n) => `Idea ${n + 1}`);
    desk = await Desk.open(server, mouse, session, many.join("\n"));
    await desk.keys("Control+f");
    await desk.type("idea 71");
    await desk.page.getByRole("option", { name: "Idea 71" }).waitFor();
    await desk.keys("Enter");
    await desk.isAt("Idea 71");
    await desk.page.getByRole("button", { name: "Outline" }).click();
    const row = desk.node("Idea 71");
    assert.equal(await row.getAttribute("aria-selected"), "true");
    await until(
      () => row.boundingBox(),
      (box) => box.y > 0 && box.y + box.height < 800,
      "in view",
    );
    await desk.page.getByRole("button", { name: "Map", exact: true }).click();
    await desk.isAt("Idea 71");
  });
});

describe("the bar", () => {
  it("lays nothing over anything else, at any width", async () => {
    await begin(mouse);
    await server.change(`maps/${desk.map}`, { title: "What is missing in daily work at borders" });
    await desk.load();
    for (const width of [834, 1000, 1180, 1280]) {
      await desk.page.setViewportSize({ width, height: 800 });
      await desk.drawn();
      const clashes = await desk.page.evaluate(() => {
        const parts = document.querySelectorAll("[data-region=bar] :is(button, a, input, h1)");
        const boxes = [...parts].map((part) => [part, part.getBoundingClientRect()]);
        const shown = boxes.filter(([, box]) => box.width > 0);
        const name = (part) => part.getAttribute("aria-label") ?? part.textContent;
        const hits = shown.flatMap(([part, a], n) =>
          shown
            .slice(n + 1)
            .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1)
            .filter(([, b]) => a.top < b.bottom - 1 && b.top < a.bottom - 1)
            .map(([other]) => `${name(part)} and ${name(other)}`),
        );
        const out = shown.filter(([, box]) => box.right > innerWidth || box.left < 0);
        return [...hits, ...out.map(([part]) => `${name(part)} is cut off`)];
      });
      assert.deepEqual(clashes, [], `at ${width}`);
    }
  });
});

describe("after a deletion", () => {
  it("offers at once to take it back", async () => {
    await begin(mouse);
    await desk.click("One");
    await desk.keys("Delete");
    await desk.holds("Two\n\tTwo a\nThree");
    const told = desk.page.getByRole("dialog").filter({ hasText: "3 ideas moved to the trash" });
    await told.getByRole("button", { name: "Undo" }).click();
    await desk.holds(SEED);
  });

  it("keeps the branch in the trash, until somebody restores it", async () => {
    await begin(mouse);
    await desk.click("One");
    await desk.keys("Delete");
    await desk.holds("Two\n\tTwo a\nThree");
    await desk.page.getByRole("button", { name: "Trash" }).click();
    const entry = desk.page.getByRole("listitem").filter({ hasText: "One" });
    await entry.getByText(/Deleted by Heron-12 .*3 ideas|Deleted by you.*3 ideas/).waitFor();
    await desk.page.getByRole("button", { name: "Restore “One”" }).click();
    await desk.holds(SEED);
    await desk.isAt("One");
    assert.match(desk.page.url(), /view=map/);
  });
});

describe("a node that somebody deletes while another writes in it", () => {
  const writeAndLose = async (view) => {
    await begin(mouse);
    const other = new Desk(server, await finger.newPage(), desk.map);
    await other.load();
    await desk.page.goto(`${server.url}/maps/${desk.map}?view=${view}`);
    await desk.click("Two a");
    await desk.keys("F2");
    await desk.type(" in my words");
    await other.node("Two a in my words").waitFor();
    await other.click("Two a in my words");
    await other.keys("Delete");
    await other.page.close();
    await desk.page.getByText("Somebody deleted the idea").first().waitFor();
    await until(
      () => desk.page.getByRole("textbox", { name: "Text of this idea" }).count(),
      (count) => count === 0,
      "the editor closes",
    );
  };

  for (const view of ["map", "outline"]) {
    it(`takes no other node along, and comes back with its words: ${view}`, async () => {
      await writeAndLose(view);
      // What the fingers still do is meant for that node, and may change no other.
      await desk.type(" and on");
      await desk.keys("Backspace", "Delete", "Enter");
      await desk.holds(SEED.replace("\n\tTwo a", ""));
      await desk.shows(6); // Nor has it folded anything.
      await desk.page.getByText("Bring it back").click();
      await desk.holds(SEED.replace("Two a", "Two a in my words"));
    });
  }
});
