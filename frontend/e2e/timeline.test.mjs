/** A map after the fact: close, slide back, compare, bring a branch back, and see it live. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import {
  browse,
  focusMap,
  Gapmap,
  join,
  leave,
  node,
  PHONE,
  person,
  press,
  saved,
  signIn,
  until,
  WIDE,
} from "./kit.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds serious on a page, as it is now. */
async function seriousProblems(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (rules) => window.axe.run({ exclude: [["[data-base-ui-focus-guard]"]] }, { runOnly: rules }),
    RULES,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

let server;
let browser;

before(async () => {
  [server, browser] = [await Gapmap.start(), await browse()];
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A workshop in which Ann wrote a branch, rewrote it after a checkpoint, and deleted it. */
async function held(context) {
  const place = await server.workshop();
  const ann = await join(context, place.invite.url, "Ann");
  await focusMap(ann);
  await press(ann, "Control+Home", "Tab");
  await ann.keyboard.type("Old words");
  await press(ann, "Enter", "Tab");
  await ann.keyboard.type("A detail");
  await press(ann, "Enter");
  await saved(ann);
  await server.api("POST", `maps/${place.map}/checkpoints`, { title: "Before lunch" });
  await press(ann, "ArrowLeft", "F2", "Control+A");
  await ann.keyboard.type("New words");
  await press(ann, "Enter");
  await node(ann, "New words").waitFor();
  await press(ann, "Delete");
  await node(ann, "New words").waitFor({ state: "detached" });
  await saved(ann);
  return { ...place, ann };
}

const slider = (page) => page.getByRole("slider", { name: "Point in time" });

/** By keyboard: change by change, to the ends, and by itself. */
async function slides(page) {
  await slider(page).focus();
  await press(page, "Home");
  await node(page, "Old words").waitFor({ state: "detached" });
  await press(page, "End", "ArrowLeft");
  await node(page, "New words").waitFor();
  await press(page, "Home");
  await node(page, "New words").waitFor({ state: "detached" });
  const start = await slider(page).inputValue();
  await press(page, "Space");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  // Each of its steps is too short to be seen for certain.
  await until(
    () => slider(page).inputValue(),
    (it) => it !== start,
    "it goes on by itself",
  );
  await press(page, "Space");
  await page.getByRole("button", { name: "Play" }).waitFor();
}

test("after the close one slides back, compares, and brings a branch back for everybody", async () => {
  const [guest, lead] = [await person(browser), await person(browser, WIDE, [/409/])];
  const { session, map, ann } = await held(guest);
  const page = await signIn(lead, server);
  await server.change(`sessions/${session}`, { state: "closed" });
  await ann.getByRole("button", { name: "Closed", exact: true }).waitFor();

  await page.goto(`${server.url}/maps/${map}`);
  await page.getByRole("button", { name: "Timeline" }).click();
  await slider(page).waitFor();
  await page.getByRole("button", { name: "Checkpoint “Before lunch”" }).click();
  await node(page, "Old words").click();
  const side = page.getByRole("complementary");
  await side.getByText("Written by Ann").waitFor();
  // What is closed is not written to, the branch neither.
  const restore = side.getByRole("button", { name: "Restore this branch" });
  assert.equal(await restore.isDisabled(), true);
  await side.getByText("open it again").waitFor();

  await slides(page);
  assert.deepEqual(await seriousProblems(page), []);

  await side.getByRole("combobox", { name: "From" }).click();
  await page.getByRole("option", { name: /^Before lunch/ }).click();
  await side.getByText("2 differences").waitFor();
  await side.getByRole("button", { name: /^Deleted Old words/ }).click();
  await node(page, "Old words").waitFor();
  assert.deepEqual(await seriousProblems(page), []);

  await server.change(`sessions/${session}`, { state: "live" });
  await page.reload();
  await page.getByRole("button", { name: "Checkpoint “Before lunch”" }).click();
  await node(page, "Old words").click();
  await restore.click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore this branch" }).click();
  await page
    .getByText(/^Restored: /)
    .first()
    .waitFor();

  await node(ann, "Old words").waitFor();
  await node(ann, "A detail").waitFor();
  const outline = await server.outline(map);
  assert.equal(outline, "What is missing\n\tOld words\n\t\tA detail\n");
  // The live map tells who did it.
  await page.getByRole("link", { name: "Back to the map" }).click();
  await node(page, "Old words").click();
  const panel = page.locator("[data-region=panel]");
  await panel.getByText(/^Written by Ann/).waitFor();
  await panel.getByText(/^Last changed by you/).waitFor();
  await leave(guest);
  await leave(lead);
});

test("on a phone everything of it is there", async () => {
  const [guest, phone] = [await person(browser), await person(browser, PHONE)];
  const { map, code } = await held(guest);
  const page = await join(phone, `${server.url}/join/${code}`, "Ben");
  await page.goto(`${server.url}/maps/${map}/timeline`);
  await slider(page).waitFor();
  await slider(page).fill("0");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 390);
  const count = () => page.getByRole("slider").getAttribute("aria-valuetext");
  await until(count, (it) => it.includes("1 idea,"), "the beginning");
  assert.deepEqual(await seriousProblems(page), []);
  await leave(guest);
  await leave(phone);
});

test("a comment shows on the map at once, and goes when it is dealt with", async () => {
  const [guest, other] = [await person(browser), await person(browser)];
  const place = await server.workshop();
  const ann = await join(guest, place.invite.url, "Ann");
  const ben = await join(other, place.invite.url, "Ben");
  for (const page of [ann, ben]) {
    await node(page, "What is missing").click();
  }
  await ann.getByPlaceholder("Say something about this idea").fill("Really?");
  await ann.getByRole("button", { name: "Add comment" }).click();
  const badge = ben.getByTitle("1 open comment");
  await badge.waitFor();
  await ben.locator("[data-region=panel]").getByText("Really?").waitFor();
  // It is its author's: the server would refuse what others do to it.
  for (const name of ["Delete my comment", "Done with this comment"]) {
    assert.equal(await ben.getByRole("button", { name }).count(), 0);
  }
  await ann.getByRole("button", { name: "Done with this comment" }).click();
  await badge.waitFor({ state: "detached" });
  await ann.getByRole("button", { name: "Delete my comment" }).click();
  await ben.getByText("Really?").waitFor({ state: "detached" });
  await leave(guest);
  await leave(other);
});
