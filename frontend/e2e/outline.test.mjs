/** The outline, which is a screen reader's and a phone's editor: by keys, by fingers, beside others, and large. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { Desk, ROOT } from "./desk.mjs";
import { drawn, leave, PHONE, person, saved, takeSeat, until } from "./kit.mjs";
import { browser, code, me, server, session } from "./seated.mjs";

let desk;

afterEach(() => desk.page.close());

/** Opens a new map and goes over to its outline. */
async function begin(branches = "", context = me) {
  desk = await Desk.open(server, context, session, branches);
  await desk.page.getByRole("button", { name: "Outline" }).click();
  await desk.page.getByRole("tree", { name: "Map as an outline" }).waitFor();
}

/** The row that has the keyboard, itself or its editor. */
const focusedRow = () =>
  desk.page.evaluate(
    () => document.activeElement?.closest("[role=treeitem]")?.textContent ?? "outside",
  );

const isAt = (text) => until(focusedRow, (row) => row.includes(text), `the keyboard is at ${text}`);

const attribute = (text, name, wanted) =>
  until(
    () => desk.node(text).getAttribute(name),
    (value) => value === wanted,
    `${name} of ${text} is ${wanted}`,
  );

describe("by keyboard", () => {
  it("grows with Tab and Enter, and says level, place and number of each row", async () => {
    await begin();
    await desk.click(ROOT);
    await desk.keys("Tab");
    await desk.type("Radio");
    await desk.keys("Enter", "Enter");
    await desk.type("Cameras");
    await desk.keys("Tab");
    await desk.type("Battery");
    await desk.keys("Enter");
    await desk.holds("Radio\nCameras\n\tBattery");
    await isAt("Battery");
    await attribute("Battery", "aria-level", "3");
    await attribute("Cameras", "aria-posinset", "2");
    await attribute("Cameras", "aria-setsize", "2");
  });

  it("walks out, folds, and moves a branch past its neighbour and into it", async () => {
    await begin("Radio\nCameras\n\tBattery");
    await desk.click("Battery");
    await desk.keys("ArrowLeft");
    await isAt("Cameras");
    await desk.keys("Alt+ArrowUp");
    await desk.holds("Cameras\n\tBattery\nRadio");
    await desk.keys("Space");
    await attribute("Cameras", "aria-expanded", "false");
    await desk.shows(3);
    await desk.keys("ArrowDown");
    await isAt("Radio");
    await desk.keys("Alt+ArrowRight");
    await desk.holds("Cameras\n\tBattery\n\tRadio");
    await isAt("Radio");
  });

  it("takes back with Escape, and lets an empty new row go again", async () => {
    await begin("Radio\nCameras");
    await desk.click("Radio");
    await desk.type("Something else");
    await desk.keys("Escape");
    await isAt("Radio");
    await desk.keys("Enter", "Escape");
    await desk.shows(3);
    await isAt("Radio");
    await desk.holds("Radio\nCameras");
  });

  it("stays in the list when a row is deleted, and is left with F6", async () => {
    await begin("Radio\nCameras");
    await desk.click("Cameras");
    await desk.keys("Delete");
    await desk.holds("Radio");
    await isAt("Radio");
    await desk.keys("Control+z");
    await desk.holds("Radio\nCameras");
    await desk.keys("F6");
    await until(focusedRow, (row) => row === "outside", "outside of the tree");
  });
});

describe("beside others", () => {
  it("keeps what has the keyboard where it is, and tells of new ideas in batches", async () => {
    await begin(Array.from({ length: 60 }, (_, n) => `Idea ${n + 1}`).join("\n"));
    const other = await person(browser);
    await takeSeat(other, server, code, "Badger-07");
    const there = new Desk(server, await other.newPage(), desk.map);
    await there.load();
    await desk.click("Idea 12");
    const place = async () => (await desk.node("Idea 12").boundingBox()).y;
    const unscrolled = await place();
    await desk.page.mouse.wheel(0, 120);
    const scrolled = (y) => Math.abs(unscrolled - y - 120) <= 1;
    const before = await until(place, scrolled, "the list is scrolled");
    await there.keys("Control+f");
    await there.type("Idea 1");
    await there.keys("Enter");
    await there.isAt("Idea 1");
    await there.keys("Escape");
    for (const text of ["one", "two", "three"]) {
      await there.keys("Enter");
      await there.type(text);
      await there.keys("Enter");
    }
    await saved(there.page);
    await desk.page.getByText(/^\d new ideas? under /).waitFor({ state: "attached" });
    await drawn(desk.page);
    await isAt("Idea 12");
    assert.ok(Math.abs((await place()) - before) <= 1, "nothing moved under the reader's eyes");
    await leave(other);
  });
});

describe("a large map", () => {
  it("draws only the rows in view, and End still reaches the last", async () => {
    await begin(Array.from({ length: 1_500 }, (_, n) => `Idea ${n + 1}`).join("\n"));
    await desk.click(ROOT);
    const rows = await desk.page.getByRole("treeitem").count();
    assert.ok(rows < 80, `${rows} rows in the page`);
    await desk.keys("End");
    await isAt("Idea 1500");
    await attribute("Idea 1500", "aria-setsize", "1500");
    await desk.keys("Home");
    await isAt(ROOT);
  });
});

describe("the mouse", () => {
  const menu = () => desk.page.getByRole("menu", { name: "Actions for this idea" });

  it("has the map's menu, and gets the way back from a deletion", async () => {
    await begin("Radio\nCameras");
    await desk.click("Radio", { button: "right" });
    await menu().getByRole("menuitem", { name: "Add child" }).click();
    await desk.type("Battery");
    await desk.keys("Enter");
    await desk.holds("Radio\n\tBattery\nCameras");
    await desk.click("Battery", { button: "right" });
    await menu().getByRole("menuitem", { name: "Delete", exact: true }).click();
    await desk.holds("Radio\nCameras");
    await desk.page.getByText("1 idea moved to the trash").waitFor();
    await desk.page.getByRole("button", { name: "Undo" }).last().click();
    await desk.holds("Radio\n\tBattery\nCameras");
  });

  it("closes the menu with the keyboard back in the row", async () => {
    await begin("Radio\nCameras");
    await desk.click("Radio", { button: "right" });
    await menu().getByRole("menuitemradio", { name: "Red" }).waitFor();
    await desk.keys("Escape");
    await menu().waitFor({ state: "hidden" });
    await isAt("Radio");
    await desk.keys("ArrowDown");
    await isAt("Cameras");
  });
});

describe("fingers", () => {
  it("add, move and edit with the bar below the list", async () => {
    const finger = await person(browser, PHONE);
    await takeSeat(finger, server, code, "Otter-03");
    await begin("", finger);
    const bar = desk.page.getByRole("toolbar", { name: "Edit this idea" });
    const editing = () => desk.page.evaluate(() => document.activeElement?.tagName === "TEXTAREA");
    await desk.node(ROOT).tap();
    await bar.getByRole("button", { name: "Child" }).tap();
    await until(editing, Boolean, "the new row is written in");
    await desk.type("Radio");
    await bar.getByRole("button", { name: "Sibling" }).tap();
    await desk.type("Cameras");
    await desk.keys("Enter");
    await bar.getByRole("button", { name: "Move" }).tap();
    await desk.page.getByRole("menuitem", { name: "Up" }).tap();
    await desk.holds("Cameras\nRadio");
    await desk.node("Radio").tap();
    await desk.node("Radio").tap();
    await until(editing, Boolean, "the second tap edits");
    await leave(finger);
  });

  it("see the whole row that they write in at the foot, as it grows and as the keyboard comes up", async () => {
    const finger = await person(browser, PHONE);
    await takeSeat(finger, server, code, "Otter-04");
    await begin(Array.from({ length: 30 }, (_, n) => `Idea ${n + 1}`).join("\n"), finger);
    const cut = () =>
      desk.page.evaluate(() => {
        const row = document.querySelector("[role=treeitem]:has(textarea)");
        const list = row.closest("[role=tree]").parentElement;
        return row.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
      });
    const isWhole = (pixels) => pixels < 1;
    await desk.node("Idea 12").tap();
    await desk.page.getByRole("toolbar").getByRole("button", { name: "Edit" }).tap();
    await desk.type(" and words".repeat(15));
    await until(cut, isWhole, "it grew");
    await desk.page.setViewportSize({ width: 390, height: 500 });
    await until(cut, isWhole, "the keyboard came up");
    await leave(finger);
  });
});
