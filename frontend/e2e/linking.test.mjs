/** Ideas linked to the catalogue in a live map: by keys alone, by two at once, with fingers, and told to all when a fit is accepted. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { Desk } from "./desk.mjs";
import { browse, Gapmap, leave, node, PHONE, person, saved, takeSeat, until } from "./kit.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const IDEA = "Night shifts know no helpline";

let server;
let browser;
let workshop;
let me;
let desk;
let gap;
let solution;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  workshop = await server.workshop();
  gap = await server.api("POST", "gaps", { title: "Ability to reach a helpline on night shifts" });
  solution = await server.api("POST", "solutions", {
    ...{ name: "Helpline that answers at night", kind: "service", lifecycle: "in_use" },
    ...{ trl_low: 7, trl_high: 8 },
  });
  me = await person(browser);
  await takeSeat(me, server, workshop.code, "Heron-12");
  desk = await Desk.open(server, me, workshop.session, IDEA);
});

after(async () => {
  await leave(me);
  await browser.close();
  await server.stop();
});

const palette = (page = desk.page) => page.getByRole("dialog", { name: "Link this idea" });
const option = (handle, page = desk.page) =>
  palette(page)
    .getByRole("option")
    .filter({ hasText: `${handle} ` });
const chip = (name, page = desk.page) =>
  node(page, IDEA).getByRole("img", { name, includeHidden: true });

/** Opens the palette at the idea and finds one record in it. */
async function find(page, words, handle) {
  await node(page, IDEA).click();
  await page.keyboard.press("Control+k");
  await page.keyboard.type(words);
  await option(handle, page).waitFor();
}

/** What the server has of the idea's links. */
async function links() {
  const { children } = await server.api("GET", `maps/${desk.map}/tree`);
  return children.find(({ text }) => text === IDEA)?.links ?? [];
}

async function isClean(page, what) {
  const found = await page.evaluate(
    async ([axe, rules]) => {
      if (!window.axe) new Function(axe)();
      const { violations } = await window.axe.run(
        { exclude: [["[data-base-ui-focus-guard]"]] },
        { runOnly: rules },
      );
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((it) => it.target).join(" ")}`);
    },
    [AXE, RULES],
  );
  assert.deepEqual(found, [], what);
}

describe("an idea", () => {
  it("is linked by keys alone, unlinked by the same, and linked again by undo", async () => {
    await desk.click(IDEA);
    await desk.keys("Control+k");
    await option(gap.number).waitFor();
    await isClean(desk.page, "the palette");
    await desk.type("reach helpline");
    await option(gap.number).waitFor();
    await desk.keys("Enter");
    await option(gap.number).and(desk.page.locator("[aria-selected=true]")).waitFor();
    await desk.keys("Enter");
    await option(gap.number).and(desk.page.locator("[aria-selected=false]")).waitFor();
    await desk.keys("Escape");
    await palette().waitFor({ state: "hidden" });
    await desk.isAt(IDEA);
    await desk.keys("Control+z");
    await chip(/no solution yet/).waitFor();
  });

  it("tells all who look at it when a fit is accepted", async () => {
    await saved(desk.page);
    await until(links, (list) => list.length === 1, "the server has the link");
    const fit = await server.api("POST", "fits", {
      ...{ gap: gap.number, solution: solution.number, degree: "good" },
      rationale: "It answers at night.",
    });
    await server.change(`fits/${fit.id}`, { state: "accepted" });
    await chip(/1 solution, best TRL 7/).waitFor();
    await isClean(desk.page, "the map with chips");
  });

  it("that two people link to the same at the same time has one link", async () => {
    const other = await person(browser);
    await takeSeat(other, server, workshop.code, "Badger-07");
    const there = await other.newPage();
    await there.goto(`${server.url}/maps/${desk.map}?view=map`);
    await find(desk.page, "answers at night", solution.number);
    await find(there, "answers at night", solution.number);
    await Promise.all([desk.keys("Enter"), there.keyboard.press("Enter")]);
    for (const page of [desk.page, there]) {
      await option(solution.number, page).and(page.locator("[aria-selected=true]")).waitFor();
      await page.keyboard.press("Escape");
      await chip(/SOL-/, page).waitFor();
      await saved(page);
    }
    assert.equal((await links()).length, 2);
    await leave(other);
  });

  it("becomes a gap that it is linked to", async () => {
    await desk.add(IDEA, "Nobody trains the listeners");
    await desk.click("Nobody trains the listeners", { button: "right" });
    await desk.page.getByRole("menuitem", { name: "Make this a gap" }).click();
    await node(desk.page, "Nobody trains the listeners")
      .getByRole("img", { name: /GAP-/ })
      .waitFor();
    const { items } = await server.api("GET", "gaps?q=listeners");
    assert.deepEqual(
      items.map(({ title }) => title),
      ["Nobody trains the listeners"],
    );
  });

  it("is linked with fingers, in the outline of a phone, and stands on the board", async () => {
    const finger = await person(browser, PHONE);
    await takeSeat(finger, server, workshop.code, "Otter-03");
    const page = await finger.newPage();
    await page.goto(`${server.url}/maps/${desk.map}?view=outline`);
    const row = page.getByRole("treeitem").filter({ hasText: "Nobody trains" });
    await row.tap();
    await page.getByRole("button", { name: "Link", exact: true }).tap();
    await palette(page).getByLabel("Find a gap or a solution").fill("answers at night");
    await option(solution.number, page).tap();
    await isClean(page, "the palette on a phone");
    await palette(page).getByRole("button", { name: "Done" }).tap();
    await row.getByText("1 gap, 1 solution").waitFor();
    await page.getByRole("button", { name: "Links" }).tap();
    await page.getByRole("row").filter({ hasText: "Nobody trains" }).waitFor();
    await isClean(page, "the board on a phone");
    await leave(finger);
  });
});
