/**
 * A silent round and a vote among five browsers: ideas that nobody else sees until they are revealed,
 * votes that nobody else sees until they are closed.
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
  PHONE,
  person,
  press,
  saved,
  signIn,
  until,
  WIDE,
} from "./kit.mjs";

const NAMES = ["Heron-12", "Badger-07", "Finch-20", "Otter-33"];

let server;
let browser;
let place;
let host;
let lead;
/** The guests' browsers and pages; the last one is a phone. */
const contexts = [];
const pages = [];

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  place = await server.workshop();
  const { version } = await server.api("GET", `sessions/${place.session}/rounds`);
  await server.api("PUT", `sessions/${place.session}/rounds`, {
    version,
    rounds: [
      { title: "Alone", method: "silent", prompt: "What is hard?", minutes: 5 },
      { title: "Together", method: "reveal", prompt: "Read them all." },
      { title: "Choose", method: "vote", votes: 3 },
      { title: "Home", method: "close" },
    ],
  });
  host = await person(browser, WIDE);
  lead = await signIn(host, server);
  await lead.goto(`${server.url}/maps/${place.map}`);
  await saved(lead);
  for (const [n, name] of NAMES.entries()) {
    contexts.push(await person(browser, n === 3 ? PHONE : WIDE));
    pages.push(await join(contexts[n], place.invite.url, name));
  }
});

after(async () => {
  await browser.close();
  await server.stop();
});

const run = (name) => lead.getByRole("button", { name, exact: true });
const sheet = (on) => on.getByRole("region", { name: "Your ideas, nobody sees them yet" });
const left = (on) => on.getByRole("region", { name: "This round" }).getByText(/votes left$/);

async function note(on, text) {
  await sheet(on).getByLabel("A new idea").fill(text);
  await press(on, "Enter");
  await sheet(on).getByRole("listitem").filter({ hasText: text }).waitFor();
}

describe("a silent round and a vote", () => {
  it("lets each write alone, and the facilitator see counts only", writesAlone);
  it("keeps ideas and drafts through a reload, and through the server's death", keeps);
  it("reveals all under the chosen branch, a closed laptop's too", reveals);
  it("gives votes by key, menu and thumb, and no more than there are", votes);
  it("shows the totals to all when the vote is closed", closes);
});

async function writesAlone() {
  await run("Run the session").click();
  await run("Start the first round").click();
  for (const [n, page] of pages.entries()) {
    await sheet(page).waitFor();
    await note(page, `Idea ${n} of mine`);
  }
  await lead.getByText("4 ideas so far by 4 people").waitFor();
  assert.equal(await pages[0].getByText("Idea 1 of mine").count(), 0);
  assert.equal(await lead.getByText("Idea 1 of mine").count(), 0);
}

async function keeps() {
  const [page] = pages;
  await note(page, "To be changed");
  await sheet(page).getByRole("button", { name: "Edit “To be changed”" }).click();
  await page.getByLabel("Your idea", { exact: true }).fill("Changed");
  await press(page, "Enter");
  await sheet(page).getByText("Changed", { exact: true }).waitFor();
  await sheet(page).getByRole("button", { name: "Delete “Changed”" }).click();
  await sheet(page).getByText("Changed", { exact: true }).waitFor({ state: "detached" });
  await sheet(page).getByLabel("A new idea").fill("Half a thou");
  await page.reload();
  assert.equal(await sheet(page).getByLabel("A new idea").inputValue(), "Half a thou");
  await sheet(page).getByText("Idea 0 of mine").waitFor();

  await server.kill();
  await page.getByRole("button", { name: /^Offline/ }).waitFor();
  await note(page, "Written without a server");
  await sheet(page).getByText("Not sent yet").waitFor();
  await server.serve();
  await sheet(page).getByText("Not sent yet").waitFor({ state: "detached" });
  await lead.getByText("5 ideas so far by 4 people").waitFor();
}

async function reveals() {
  const [, , closed] = contexts;
  await leave(closed);
  await saved(lead);
  await focusMap(lead);
  await press(lead, "Control+Home", "Tab");
  await lead.keyboard.type("What was said");
  await press(lead, "Enter");
  await run("Next round").click();
  await run("Reveal under “What was said”").click();
  await run("Reveal").click();
  const words = ["Idea 0 of mine", "Idea 2 of mine", "Idea 3 of mine", "Written without a server"];
  for (const text of words) await node(pages[1], text).waitFor();
  const tree = await server.api("GET", `maps/${place.map}/tree`);
  const branch = tree.children.find(({ text }) => text === "What was said");
  assert.equal(branch.children.length, 5);
}

async function votes() {
  await run("Next round").click();
  const [page, mouse] = pages;
  const phone = pages[3];
  await left(page).waitFor();
  await node(page, "Idea 0 of mine").click();
  await press(page, "v", "v", "v");
  await left(page).filter({ hasText: "0 of your 3" }).waitFor();
  await press(page, "v");
  await page
    .getByText(/^You have no votes left/)
    .first()
    .waitFor();
  await press(page, "Shift+V");
  await left(page).filter({ hasText: "1 of your 3" }).waitFor();
  await node(mouse, "Idea 0 of mine").click({ button: "right" });
  await mouse.getByRole("menuitem", { name: "Give a vote" }).click();
  await left(mouse).filter({ hasText: "2 of your 3" }).waitFor();
  await phone.getByRole("treeitem").filter({ hasText: "Idea 3 of mine" }).tap();
  await phone.getByRole("button", { name: "Give a vote" }).first().tap();
  await left(phone).filter({ hasText: "2 of your 3" }).waitFor();
  await lead.getByText("3 people have voted").waitFor();
  await page.reload();
  await left(page).filter({ hasText: "1 of your 3" }).waitFor();
  assert.equal(await node(mouse, "Idea 3 of mine").getAttribute("aria-description"), null);
}

async function closes() {
  await run("Next round").click();
  for (const page of [pages[0], pages[1], lead]) {
    const at = node(page, "Idea 0 of mine");
    await until(
      () => at.getAttribute("aria-description"),
      (words) => words === "3 votes",
      "the total stands on the node",
    );
  }
  await leave(contexts[0]);
  await leave(contexts[1]);
  await leave(contexts[3]);
  await leave(host);
}
