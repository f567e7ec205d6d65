/**
 * A workshop from beginning to end, in real browsers against the real server: made in the pages,
 * joined by link, written by two at once, and the server killed in the middle of a word.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  browse,
  focusMap,
  Gapmap,
  join,
  leave,
  node,
  outlineOf,
  PHONE,
  person,
  press,
  saved,
  says,
  until,
  WIDE,
} from "./kit.mjs";

const COUNT = 25;
const TITLE = "What holds us back?";
const shared = "Radios fail at the border";
const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

let server;
let browser;
let admin;
let desk;
let phone;
/** The pages of the two participants. */
let wide;
let narrow;
let link;

before(async () => {
  server = await Gapmap.start({ account: false });
  browser = await browse();
});

after(async () => {
  await browser.close();
  await server.stop();
});

/** Writes a staircase of nodes with the keyboard alone: every fifth goes a level deeper. */
async function writeByKeys(page, from, to) {
  for (const n of numbers(from, to)) {
    await press(page, n % 5 === 1 ? "Tab" : "Enter");
    await page.keyboard.type(`Desk ${n}`);
    await press(page, "Enter");
  }
}

/** Writes nodes with the bar that thumbs have. */
async function writeByTouch(page, from, to) {
  const bar = page.getByRole("toolbar", { name: "Edit this idea" });
  for (const n of numbers(from, to)) {
    await bar.getByRole("button", { name: n % 5 === 1 ? "Child" : "Sibling" }).tap();
    await page.getByRole("textbox", { name: "Text of this idea" }).waitFor();
    await page.keyboard.type(`Phone ${n}`);
    await press(page, "Enter");
  }
}

describe("a workshop", () => {
  it("is made in the pages by whoever follows the printed link", makeWorkshop);
  it("is joined by link under pseudonyms, at a desk and on a phone", joinWorkshop);
  it("grows to fifty nodes by two at once, who see each other", writeTogether);
  it("takes two writers in one node", writeOneNode);
  it("loses no word when the server dies in the middle of one", surviveKill);
  it("is the same for both, the server, and whoever comes late", compare);
});

async function makeWorkshop() {
  admin = await person(browser, { ...WIDE, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await admin.newPage();
  await page.goto(server.signInLink);
  await page.getByRole("link", { name: "Not now" }).click();
  await page.getByRole("button", { name: "New session" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title").fill("Front line workshop");
  await dialog.getByRole("checkbox").nth(1).click();
  await dialog.getByRole("button", { name: "Create session" }).click();
  await page.getByRole("heading", { name: "Front line workshop" }).waitFor();
  await page.getByRole("button", { name: "New map" }).click();
  await page.getByLabel("Title of the map").fill(TITLE);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("link", { name: `Open ${TITLE}` }).waitFor();
  await page.getByRole("button", { name: "Make a join link" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  link = await until(
    () => page.evaluate(() => navigator.clipboard.readText()),
    (text) => text.startsWith(server.url),
    "the join link is copied",
  );
}

async function joinWorkshop() {
  desk = await person(browser, WIDE);
  phone = await person(browser, PHONE);
  [wide, narrow] = await Promise.all([
    join(desk, link, "Heron-12"),
    join(phone, link, "Badger-07"),
  ]);
  for (const page of [wide, narrow]) await page.getByRole("button", { name: "2 people" }).waitFor();
  assert.equal(await wide.getByRole("heading", { name: TITLE }).count(), 1);
}

async function writeTogether() {
  await focusMap(wide);
  const root = node(narrow, TITLE);
  await root.tap();
  await Promise.all([writeByKeys(wide, 1, COUNT), writeByTouch(narrow, 1, COUNT)]);
  for (const page of [wide, narrow]) await saved(page);
  const map = wide.url().match(/maps\/([\w-]+)/)[1];
  server.token = server.run(["token", "create", "--user", "admin@localhost"]).trim();
  const words = await server.outline(map);
  for (const n of numbers(1, COUNT)) {
    assert.ok(words.includes(`Desk ${n}\n`), `Desk ${n}`);
    assert.ok(words.includes(`Phone ${n}\n`), `Phone ${n}`);
  }
  // The phone goes to where the desk is; then each sees the other's mark on that node.
  await goTo(narrow, "Heron-12");
  await node(narrow, `Desk ${COUNT}`).locator("[data-initials=H1]").waitFor();
  await wide.locator("[data-region=stage] span", { hasText: /^B7$/ }).waitFor();
}

/** Shows where somebody is. */
async function goTo(page, name) {
  await page.getByRole("button", { name: "2 people" }).click();
  await page.getByTitle(`Go to where ${name} is`).click();
}

async function writeOneNode() {
  await focusMap(wide);
  await press(wide, "Control+Home", "Tab");
  await wide.keyboard.type(shared);
  await press(wide, "Enter", "F2", "Home");
  await until(
    () => outlineOf(narrow),
    (words) => words.includes(shared),
    "the phone has the node",
  );
  await narrow.getByLabel("Find in this map").fill("radios");
  await narrow.getByRole("option", { name: shared }).tap();
  await narrow.getByRole("toolbar").getByRole("button", { name: "Edit" }).tap();
  // Each sees the other's caret by name, within the words.
  const field = "[role=treeitem]:has(textarea), [data-editor]";
  await wide.locator(field).getByText("Badger-07").waitFor();
  await narrow.locator(field).getByText("Heron-12").waitFor();
  await Promise.all([
    wide.keyboard.type("Digital and analogue: ", { delay: 15 }),
    narrow.keyboard.type(", and so do phones", { delay: 15 }),
  ]);
  const both = `Digital and analogue: ${shared}, and so do phones`;
  for (const page of [wide, narrow]) {
    const text = page.getByRole("textbox", { name: "Text of this idea" });
    await until(
      () => text.inputValue(),
      (value) => value === both,
      "both see one text",
    );
  }
}

async function surviveKill() {
  // Both editors are still open, the carets where they were.
  const first = " in tunnels, in ships";
  const second = " and in every valley";
  await narrow.keyboard.type(first.slice(0, 8));
  const typing = narrow.keyboard.type(first.slice(8), { delay: 10 });
  await wide.keyboard.type("Old: ");
  await server.kill();
  await typing;
  await says(narrow, /^Offline/);
  await narrow.keyboard.type(second);
  await says(narrow, /^Offline · unsent changes$/);
  await narrow.getByText("Go on writing: everything is kept on this device").waitFor();
  await wide.keyboard.type("very ");
  await says(wide, /^Offline · unsent changes$/);
  await server.serve();
  for (const page of [wide, narrow]) {
    await saved(page);
    await page.keyboard.press("Enter");
  }
  const whole = `Digital and analogue: Old: very ${shared}, and so do phones${first}${second}`;
  const map = wide.url().match(/maps\/([\w-]+)/)[1];
  await until(
    () => server.outline(map),
    (words) => words.includes(whole),
    "every word is there",
  );
}

async function compare() {
  const map = wide.url().match(/maps\/([\w-]+)/)[1];
  const truth = await server.outline(map);
  assert.equal(truth.trim().split("\n").length, 1 + 2 * COUNT + 1);
  for (const page of [wide, narrow]) {
    await until(
      () => outlineOf(page),
      (words) => words === truth,
      "the page has what the server has",
    );
  }
  const late = await person(browser, WIDE);
  assert.equal(await outlineOf(await join(late, link, "Otter-03")), truth);
  for (const context of [late, phone, desk, admin]) await leave(context);
}
