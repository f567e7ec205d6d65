/** An idea linked to the catalogue by keys alone, and with fingers; proof.test.mjs has what two do at once. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { seriousHere } from "./axe.mjs";
import { Desk } from "./desk.mjs";
import { browse, Gapmap, leave, node, PHONE, person, saved, takeSeat } from "./kit.mjs";

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
const chip = (name) => node(desk.page, IDEA).getByRole("img", { name, includeHidden: true });

const isClean = async (page, what) => assert.deepEqual(await seriousHere(page), [], what);

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
    await saved(desk.page);
    await isClean(desk.page, "the map with chips");
  });

  it("is linked with fingers, in the outline of a phone, and stands on the board", async () => {
    const finger = await person(browser, PHONE);
    await takeSeat(finger, server, workshop.code, "Otter-03");
    const page = await finger.newPage();
    await page.goto(`${server.url}/maps/${desk.map}?view=outline`);
    const row = page.getByRole("treeitem").filter({ hasText: IDEA });
    await row.tap();
    await page.getByRole("button", { name: "Link", exact: true }).tap();
    await palette(page).getByLabel("Find a gap or a solution").fill("answers at night");
    await option(solution.number, page).tap();
    await isClean(page, "the palette on a phone");
    await palette(page).getByRole("button", { name: "Done" }).tap();
    await row.getByText("1 gap, 1 solution").waitFor();
    await page.getByRole("button", { name: "Links" }).tap();
    await page.getByRole("row").filter({ hasText: IDEA }).waitFor();
    await isClean(page, "the board on a phone");
    await leave(finger);
  });
});
