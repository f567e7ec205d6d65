/** From a file of the watch to a green light: imported, linked in a live session by keys and by two at once, made a gap, fitted, and told to the map. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Desk } from "./desk.mjs";
import { browse, Gapmap, leave, node, openAs, person, saved, takeSeat, until } from "./kit.mjs";

const PASSWORD = "four words in a row";
const SOLUTION = "eFirst 2.0 e-learning for first officers";
const NEED = "What is hard in our daily work?";
/** What somebody says, and the gap that is offered first for it: often in other words than the gap's. */
const SAID = {
  "VR scenarios to train decisions under stress": "GAP-10",
  "smart watch and doorbell logs, what can we expect?": "GAP-18",
  "only one colleague can read a bitcoin ledger": "GAP-16",
  "112 by text or video for deaf callers": "GAP-13",
  "les prototypes restent dans les tiroirs": "GAP-24",
  "vido reveiw by hand takes to long": "GAP-4",
  "helpline known in two cities, nowhere else": "GAP-19",
  "elk programma beschrijft zichzelf anders, vergelijken lukt niet": "GAP-21",
  "Barnahus in every region": "GAP-22",
  "EIO and MLA replies: every tool exports something else": "GAP-7",
};
const BY_TWO = {
  "PCP or PPI, which one and with which partners?": "GAP-25",
  "interoperabel broadband for cross boarder teams": "GAP-8",
};
const NEW = "Everyone on patrol knows what to do with a running laptop";
const IDEAS = [...Object.keys(SAID), ...Object.keys(BY_TWO), NEW];

let server;
let browser;
let workshop;
/** Two practitioners at one map, and two analysts. */
let heron;
let badger;
let ana;
let olga;
let desk;
let there;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  for (const [name, email] of [
    ["Ana Lyst", "ana@example.org"],
    ["Olga Other", "olga@example.org"],
  ]) {
    await server.api("POST", "users", { email, name, role: "analyst", password: PASSWORD });
  }
  workshop = await server.workshop();
  [heron, badger, ana, olga] = await Promise.all([1, 2, 3, 4].map(() => person(browser)));
  await takeSeat(heron, server, workshop.code, "Heron-12");
  await takeSeat(badger, server, workshop.code, "Badger-07");
});

after(async () => {
  for (const context of [heron, badger, ana, olga]) await leave(context);
  await browser.close();
  await server.stop();
});

const button = (page, name) => page.getByRole("button", { name, exact: true }).first();
const palette = (page) => page.getByRole("dialog", { name: "Link this idea" });
const option = (page, handle, is = "") =>
  palette(page)
    .getByRole("option")
    .filter({ hasText: `${handle} ` })
    .and(page.locator(`[role=option]${is}`));
const chip = (page, text, name) => node(page, text).getByRole("img", { name, includeHidden: true });

/** Takes a file in on the import page, and says what came of it. */
async function takeIn(page, file, rows) {
  await page.goto(`${server.url}/catalogue/imports`);
  const at = fileURLToPath(new URL(`../../tests/fixtures/imports/${file}`, import.meta.url));
  await page.getByLabel("Choose a file").setInputFiles(at);
  await button(page, "Show what it would do").click();
  await page.getByText("Ready for your decision").waitFor();
  await page
    .getByRole("listitem")
    .filter({ hasText: `${rows}new` })
    .waitFor();
  await button(page, "Carry it out").click();
  await page.getByText("Carried out").waitFor();
}

/** The headings of the matrix's picture that are cut off above, or run into the columns. */
async function clipped(page, picture) {
  await page.setContent(picture);
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll("text")];
    const spot = (it) => ({ text: it.textContent, ...it.getBoundingClientRect().toJSON() });
    const columns = texts.filter((it) => it.hasAttribute("transform")).map(spot);
    const rows = texts.filter((it) => it.textContent.startsWith("GAP-")).map(spot);
    const { top } = document.querySelector("svg").getBoundingClientRect();
    const out = [
      ...columns.filter((it) => it.top < top),
      ...rows.filter((it) => it.right > columns[0].left),
    ];
    return columns.length * rows.length > 0 ? out.map(({ text }) => text) : ["nothing is there"];
  });
}

/** The links of each idea, as the server has them. */
async function links() {
  const { children } = await server.api("GET", `maps/${desk.map}/tree`);
  return Object.fromEntries(children[0].children.map((it) => [it.text, it.links ?? []]));
}

/** Opens the palette at an idea by a key, and waits until this gap is offered first. */
async function ask(page, handle) {
  await page.keyboard.press("Control+k");
  await option(page, handle, "[data-active]").waitFor();
}

it("an analyst takes in what the watch has found", async () => {
  const page = await openAs(ana, server, "ana@example.org", PASSWORD, "/catalogue/imports");
  await takeIn(page, "gaps.csv", 27);
  await takeIn(page, "solutions.csv", 57);
  const { lights } = await server.api("GET", "coverage");
  assert.equal(lights.green, 0, "what a file proposes covers nothing yet");
});

it("ideas are linked by keys alone to what is offered first", async () => {
  const lines = [NEED, ...IDEAS.map((idea) => `\t${idea}`)];
  desk = await Desk.open(server, heron, workshop.session, lines.join("\n"));
  const { outward } = await desk.arrows(NEED);
  await desk.keys("Control+Home", outward, outward, "Home");
  for (const [idea, handle] of Object.entries(SAID)) {
    await desk.isAt(idea);
    await ask(desk.page, handle);
    await desk.keys("Enter");
    await option(desk.page, handle, "[aria-selected=true]").waitFor();
    await desk.keys("Escape", "ArrowDown");
  }
  await saved(desk.page);
});

it("two people who link the same at the same moment make one link", async () => {
  there = await badger.newPage();
  await there.goto(`${server.url}/maps/${desk.map}?view=map`);
  for (const [idea, handle] of Object.entries(BY_TWO)) {
    const pages = [desk.page, there];
    for (const page of pages) {
      await node(page, idea).click();
      await ask(page, handle);
    }
    await Promise.all(pages.map((page) => page.keyboard.press("Enter")));
    for (const page of pages) {
      await option(page, handle, "[aria-selected=true]").waitFor();
      await page.keyboard.press("Escape");
      await chip(page, idea, new RegExp(`${handle} `)).waitFor();
      await saved(page);
    }
  }
  const counts = Object.entries(await links()).map(([idea, all]) => [idea, all.length]);
  assert.deepEqual(counts, [...IDEAS.map((it) => [it, it === NEW ? 0 : 1])]);
});

it("an idea becomes a gap, and its chip turns green for all when a fit is accepted", async () => {
  await desk.click(NEW, { button: "right" });
  await desk.page.getByRole("menuitem", { name: "Make this a gap" }).click();
  for (const page of [desk.page, there]) {
    await chip(page, NEW, /GAP-28 · no solution yet/).waitFor();
  }

  const [sheet] = ana.pages();
  await sheet.goto(`${server.url}/catalogue/gaps/GAP-28`);
  await sheet.getByText("Not searched").waitFor();
  await button(sheet, "Propose a fit").click();
  await sheet.getByRole("combobox", { name: "Solution" }).fill("eFirst");
  await sheet.getByRole("option", { name: SOLUTION }).click();
  await sheet.getByRole("combobox", { name: "Degree" }).click();
  await sheet.getByRole("option", { name: "Good" }).click();
  const dialog = sheet.getByRole("dialog");
  await button(dialog, "Create").click();
  await dialog.getByText("Fill this in.").waitFor();
  await dialog
    .getByLabel("Rationale")
    .fill("It is made for the first hour, for everybody on patrol.");
  await button(dialog, "Create").click();
  await sheet.getByText(/Proposed .* by Ana Lyst/).waitFor();
  assert.equal(await sheet.getByText("Covered", { exact: true }).count(), 0);

  const judge = await openAs(olga, server, "olga@example.org", PASSWORD, "/catalogue/coverage");
  await judge.getByRole("link", { name: /0 Covered/ }).waitFor();
  await judge.goto(`${server.url}/catalogue/fits?state=proposed&q=hour`);
  await judge.getByRole("link", { name: /running laptop/ }).click();
  await button(judge, "State: Proposed").click();
  await judge.getByRole("menuitem", { name: "Set state: Accepted" }).click();
  for (const page of [desk.page, there]) {
    await chip(page, NEW, /GAP-28 · 1 solution/).waitFor();
  }
  await judge.goto(`${server.url}/catalogue/coverage`);
  await judge.getByRole("link", { name: /1 Covered/ }).waitFor();
  const [file] = await Promise.all([judge.waitForEvent("download"), button(judge, "SVG").click()]);
  const picture = await readFile(await file.path(), "utf8");
  assert.match(picture, /GAP-28 Everyone on patrol/);
  assert.deepEqual(await clipped(await olga.newPage(), picture), []);
  await judge.goto(`${server.url}/catalogue/coverage?view=table&light=green`);
  await judge.getByRole("cell", { name: "Good" }).getByRole("link").click();
  await judge.getByRole("heading", { name: /running laptop ↔/, level: 1 }).waitFor();
});

it("a gap shows where it was named, and the tables say what the maps say", async () => {
  const [sheet] = ana.pages();
  await sheet.goto(`${server.url}/catalogue/gaps/GAP-10`);
  await sheet.getByText("VR scenarios to train decisions under stress").waitFor();
  await until(
    async () => (await server.api("GET", `sessions/${workshop.session}/links`)).items.length,
    (count) => count === IDEAS.length + 1,
    "the board has all ideas",
  );
  const said = server.run(["rebuild", "--check", desk.map]);
  assert.match(said, /^1 maps, 15 nodes, 13 links: the tables say what the documents say/);
});
