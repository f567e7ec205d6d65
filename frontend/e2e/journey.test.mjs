/**
 * A workshop from the code on the wall to the export, among six browsers: a facilitator's, three wide
 * ones, one that is used by keyboard alone, and a phone. And a client that is made by hand: what the
 * pages withhold, the server refuses.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import {
  browse,
  focusMap,
  Gapmap,
  leave,
  node,
  openAsHost,
  PHONE,
  person,
  press,
  saved,
  tabTo,
  until,
  WIDE,
} from "./kit.mjs";

const NAMES = ["Heron-12", "Badger-07", "Finch-20", "Lynx-05", "Otter-33"];
/** Who uses the keyboard alone, and who has a phone. */
const [KEYS, THUMB] = [0, 4];

let server;
let browser;
let place;
/** A gap of the catalogue. */
let gap;
let host;
let lead;
/** The guests' browsers and pages. */
const contexts = [];
const pages = [];
/** A guest without a page, whose client is made by hand. */
let maker;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  place = await server.workshop();
  await server.agenda(place.session, [
    { title: "Alone", method: "silent", prompt: "What is hard?", minutes: 5 },
    { title: "Together", method: "reveal", prompt: "Read them all." },
    { title: "Talk", method: "discuss" },
    { title: "Answers", method: "link" },
    { title: "Choose", method: "vote", votes: 3 },
  ]);
  gap = await server.api("POST", "gaps", { title: "Ability to reach a helpline at night" });
  host = await person(browser, WIDE);
  lead = await openAsHost(host, server, place.map);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const run = (name) => lead.getByRole("button", { name, exact: true });
const strip = (on) => on.getByRole("region", { name: "This round" });
const sheet = (on) => on.getByRole("region", { name: "Your ideas, nobody sees them yet" });
const left = (on) => strip(on).getByText(/votes left$/);
const panel = (on) => on.locator("[data-region=panel]");

async function note(on, text) {
  await sheet(on).getByLabel("A new idea").focus();
  await on.keyboard.type(text);
  await press(on, "Enter");
  await sheet(on).getByRole("listitem").filter({ hasText: text }).waitFor();
}

/** Goes to an idea as fingers on a keyboard do. */
async function seek(on, text) {
  await press(on, "Control+f");
  await on.keyboard.type(text);
  await press(on, "Enter");
}

describe("a workshop, from the code on the wall to the export", () => {
  it("lets five people in by the code: one by keyboard alone, one on a phone", joinsByCode);
  it("lets each write alone, and the facilitator see counts only", writesAlone);
  it("keeps ideas and drafts through a reload, a lost answer and the server's death", keeps);
  it("reveals all under the chosen branch, a closed laptop's too", reveals);
  it("talks: comments by keyboard and by thumb, and no links yet", talks);
  it("links in a later round, by keyboard and by hand", links);
  it("gives votes by key, menu and thumb, and no more than there are", votes);
  it("closes: totals for all, and nobody writes any more", closes);
  it("tells afterwards how it came about, signed off", tellsAfterwards);
  it("exports the map, with sums of votes and links, and without anybody's name", exports);
});

async function joinsByCode() {
  for (const [n, name] of NAMES.entries()) {
    contexts.push(await person(browser, n === THUMB ? PHONE : WIDE));
    const page = await contexts[n].newPage();
    pages.push(page);
    await page.goto(server.url);
    const code = page.getByLabel("Code from the screen");
    if (n === KEYS) {
      await code.waitFor();
      await tabTo(page, "Code from the screen");
      await page.keyboard.type(place.code.toLowerCase());
      await press(page, "Enter");
      await page.getByRole("button", { name: "Join", exact: true }).waitFor();
      await tabTo(page, "Your name in this session");
      await press(page, "Control+a");
      await page.keyboard.type(name);
      await press(page, "Enter");
    } else {
      await code.fill(place.code);
      await page.getByRole("button", { name: "Join", exact: true }).click();
      await page.getByLabel("Your name in this session").fill(name);
      await page.getByRole("button", { name: "Join", exact: true }).click();
    }
    await page.getByRole("tree").waitFor();
    await saved(page);
  }
  await lead.getByRole("button", { name: "6 people here" }).waitFor();
  maker = await server.api("POST", "join", { invite: place.code, name: "By hand" }, "");
}

const AUTH = 2;

/** Links an idea with a stock client: with what code the server ended the connection, if it did. */
async function linkByHand(text) {
  const find = (at) => (at.text === text ? at : at.children.map(find).find(Boolean));
  const idea = async () => find(await server.api("GET", `maps/${place.map}/tree`));
  const { id, links } = await idea();
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/sync`, place.map, doc, {
    params: { token: maker.token },
    WebSocketPolyfill: WebSocket,
    disableBc: true,
  });
  // It would write the refusal to the console.
  provider.messageHandlers[AUTH] = () => undefined;
  let ended = null;
  provider.on("connection-close", (event) => {
    ended ??= event?.code ?? null;
  });
  try {
    await until(() => provider.synced, Boolean, "the client made by hand is in sync");
    const target = `gap:0195b9e4-0000-7000-8000-00000000000${links.length}`;
    const value = { at: Date.now(), by: maker.participant.id };
    doc.getMap("nodes").get(id).get("links").set(target, value);
    const isThere = async () => (await idea()).links.some((it) => it.target === target);
    await until(async () => ended !== null || (await isThere()), Boolean, "an answer");
    return { ended, linked: await isThere() };
  } finally {
    provider.destroy();
    // What it knows of the others looks at the clock until its document goes.
    doc.destroy();
  }
}

async function writesAlone() {
  await run("Run the session").click();
  await run("Start the first round").click();
  for (const [n, page] of pages.entries()) {
    await sheet(page).waitFor();
    await note(page, `Idea ${n} of mine`);
  }
  await lead.getByText("5 ideas so far by 5 people").waitFor();
  for (const on of [pages[0], lead]) assert.equal(await on.getByText("Idea 1 of mine").count(), 0);
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
  await sheet(page).getByLabel("A new idea").fill("");
  const tab = await contexts[0].newPage();
  await tab.goto(page.url());
  await note(tab, "In another tab");
  await sheet(page).getByText("In another tab").waitFor();
  await sheet(page).getByRole("button", { name: "Delete “In another tab”" }).click();
  await sheet(tab).getByText("In another tab").waitFor({ state: "detached" });
  await tab.close();

  await server.kill();
  await page.getByRole("button", { name: /^Offline/ }).waitFor();
  await note(page, "Written without a server");
  await sheet(page).getByText("Not sent yet").waitFor();
  await server.serve();
  await sheet(page).getByText("Not sent yet").waitFor({ state: "detached" });
  await lead.getByText("6 ideas so far by 5 people").waitFor();
  await sendsAgain(page);
  await sendsOnceThereIsANetwork(page);
}

/** The answer is lost on its way, as bad networks do: the page sends it again, and it is one idea. */
async function sendsAgain(page) {
  let isLost = false;
  await page.route(/\/ideas$/, async (route) => {
    if (isLost || route.request().method() !== "POST") return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await note(page, "Sent twice");
  await sheet(page).getByText("Not sent yet").waitFor();
  await sheet(page).getByText("Not sent yet").waitFor({ state: "detached" });
  assert.equal(await sheet(page).getByText("Sent twice", { exact: true }).count(), 1);
  await lead.getByText("7 ideas so far by 5 people").waitFor();
}

async function sendsOnceThereIsANetwork(page) {
  await contexts[0].setOffline(true);
  await note(page, "Written in a tunnel");
  await sheet(page).getByText("Not sent yet").waitFor();
  await contexts[0].setOffline(false);
  await sheet(page).getByText("Not sent yet").waitFor({ state: "detached" });
  await lead.getByText("8 ideas so far by 5 people").waitFor();
}

async function reveals() {
  await leave(contexts[2]);
  await saved(lead);
  await focusMap(lead);
  await press(lead, "Control+Home", "Tab");
  await lead.keyboard.type("What was said");
  await press(lead, "Enter");
  await sheet(pages[0]).getByLabel("A new idea").fill("Half a thought");
  await run("Reveal under “What was said”").click();
  await run("Reveal").click();
  // Everybody sees the map again, though the round is still on.
  const words = ["Idea 0 of mine", "Idea 2 of mine", "Idea 4 of mine"];
  for (const text of words) await node(pages[1], text).waitFor();
  await node(pages[THUMB], "Idea 2 of mine").waitFor();
  await run("Next round").click();
  await strip(pages[0]).getByText("Together", { exact: true }).waitFor();
  const late = pages[0].getByRole("region", { name: "The ideas are in the map" });
  assert.equal(await late.getByLabel("A new idea").inputValue(), "Half a thought");
  await late.getByRole("button", { name: "Show the map" }).click();
  const tree = await server.api("GET", `maps/${place.map}/tree`);
  const branch = tree.children.find(({ text }) => text === "What was said");
  const mine = NAMES.map((_, n) => `Idea ${n} of mine`);
  const expected = [...mine, "Sent twice", "Written in a tunnel", "Written without a server"];
  assert.deepEqual(branch.children.map(({ text }) => text).sort(), expected);
}

async function talks() {
  await run("Next round").click();
  const [keys, phone] = [pages[KEYS], pages[THUMB]];
  await strip(keys).getByText("Talk", { exact: true }).waitFor();
  await seek(keys, "Idea 2 of mine");
  // Within the map Tab writes; F6 leaves it for the panel.
  await press(keys, "F6");
  await tabTo(keys, "Say something about this idea");
  await keys.keyboard.type("Since when?");
  await press(keys, "Control+Enter");
  await panel(keys).getByText("Since when?").waitFor();
  await phone.getByRole("treeitem").filter({ hasText: "Idea 2 of mine" }).tap();
  await phone.getByRole("button", { name: "Details" }).last().tap();
  const answer = panel(phone).getByPlaceholder("Say something about this idea");
  await panel(phone).getByText("Since when?").waitFor();
  await answer.fill("Since spring.");
  await panel(phone).getByRole("button", { name: "Add comment" }).tap();
  await panel(keys).getByText("Since spring.").waitFor();
  // One's own comment is one's own: others have no button for it.
  assert.equal(await panel(phone).getByRole("button", { name: "Delete my comment" }).count(), 1);
  const buttons = panel(phone).getByRole("button", { name: /comment$/ });
  assert.equal(await buttons.count(), 2);
  await panel(phone).getByRole("button", { name: "Close details" }).tap();
  await node(pages[1], "Idea 2 of mine").click();
  await press(pages[1], "Control+k");
  const why = "Nothing is linked to gaps and solutions in this round.";
  await pages[1].getByText(why).first().waitFor();
  const refused = await linkByHand("Idea 2 of mine");
  assert.deepEqual(refused, { ended: 4403, linked: false });
}

async function links() {
  await run("Next round").click();
  await strip(pages[KEYS]).getByText("Answers", { exact: true }).waitFor();
  const linked = await linkByHand("Idea 2 of mine");
  assert.deepEqual(linked, { ended: null, linked: true });
  await seek(pages[KEYS], "Idea 2 of mine");
  await panel(pages[KEYS]).getByText("Linked to").waitFor();
  await press(pages[KEYS], "Control+k");
  const palette = pages[KEYS].getByRole("dialog", { name: "Link this idea" });
  const option = palette.getByRole("option").filter({ hasText: gap.title });
  await palette.locator("input:focus").pressSequentially("helpline");
  await option.waitFor();
  await press(pages[KEYS], "Enter");
  await option.and(pages[KEYS].locator("[aria-selected=true]")).waitFor();
  await press(pages[KEYS], "Escape");
  await palette.waitFor({ state: "hidden" });
  await panel(pages[1]).getByText(gap.title).first().waitFor();
}

async function votes() {
  await run("Next round").click();
  const [page, mouse] = pages;
  const phone = pages[THUMB];
  await left(page).waitFor();
  await seek(page, "Idea 0 of mine");
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
  const tab = await contexts[1].newPage();
  await tab.goto(mouse.url());
  await left(tab).filter({ hasText: "2 of your 3" }).waitFor();
  await node(mouse, "Idea 0 of mine").click();
  await press(mouse, "Shift+V");
  await left(tab).filter({ hasText: "3 of your 3" }).waitFor();
  await press(mouse, "v");
  await left(tab).filter({ hasText: "2 of your 3" }).waitFor();
  await tab.close();
  await phone.getByRole("treeitem").filter({ hasText: "Idea 4 of mine" }).tap();
  await phone.getByRole("button", { name: "Give a vote" }).first().tap();
  await left(phone).filter({ hasText: "2 of your 3" }).waitFor();
  await lead.getByText("3 people have voted").waitFor();
  await page.reload();
  await left(page).filter({ hasText: "1 of your 3" }).waitFor();
  assert.equal(await node(mouse, "Idea 4 of mine").getAttribute("aria-description"), null);
}

async function closes() {
  await run("End the last round").click();
  await left(pages[KEYS]).waitFor({ state: "detached" });
  await lead.goto(`${server.url}/sessions/${place.session}`);
  await lead.getByRole("button", { name: "Close session" }).click();
  await lead.getByRole("dialog").getByRole("button", { name: "Close session" }).click();
  await lead.getByText("Session closed").first().waitFor();
  await lead.goto(`${server.url}/maps/${place.map}`);
  for (const page of [pages[0], pages[1], lead]) {
    const at = node(page, "Idea 0 of mine");
    await until(
      () => at.getAttribute("aria-description"),
      (words) => words === "3 votes",
      "the total stands on the node",
    );
  }
  await pages[1].getByRole("button", { name: "Closed", exact: true }).waitFor();
  const late = await linkByHand("Idea 0 of mine");
  assert.deepEqual(late, { ended: 4403, linked: false });
}

async function tellsAfterwards() {
  const phone = pages[THUMB];
  await phone.getByRole("button", { name: "Timeline" }).tap();
  const slider = phone.getByRole("slider", { name: "Point in time" });
  await slider.waitFor();
  await slider.fill("0");
  const stands = () => slider.getAttribute("aria-valuetext");
  await until(stands, (it) => it.includes("1 idea,"), "the beginning");
  await lead.getByRole("button", { name: "Timeline" }).click();
  for (const round of ["Alone", "Together", "Talk", "Answers", "Choose"]) {
    await lead.getByRole("button", { name: `End of round “${round}”` }).waitFor();
  }
  const verified = server.run(["verify"]);
  assert.match(verified, /1 sign-offs of closed sessions/);
}

async function exports() {
  await lead.goto(`${server.url}/maps/${place.map}`);
  await lead.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = lead.getByRole("dialog", { name: "Export the map" });
  await dialog.getByRole("combobox", { name: "Format" }).click();
  await lead.getByRole("option", { name: /JSON/ }).click();
  const coming = lead.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download" }).click();
  const file = await coming;
  const text = readFileSync(await file.path(), "utf8");
  const { format, nodes } = JSON.parse(text);
  assert.equal(format, "gapmap-map");
  const votes = (words) => nodes.find((it) => it.text === words)?.votes;
  assert.deepEqual([votes("Idea 0 of mine"), votes("Idea 4 of mine")], [3, 1]);
  const linked = nodes.find((it) => it.text === "Idea 2 of mine").links;
  assert.ok(linked.some(({ handle, title }) => handle === gap.number && title === gap.title));
  for (const name of [...NAMES, "By hand", "Ines Marek"]) assert.ok(!text.includes(name), name);
  for (const n of [0, 1, 3, THUMB]) await leave(contexts[n]);
  await leave(host);
}
