/**
 * A facilitator runs a session from the map: rounds with a timer, what each withholds, a locked
 * branch, a call to everybody, leading the way, and taking a guest's changes back.
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
  openAsHost,
  PHONE,
  person,
  press,
  saved,
  until,
  WIDE,
} from "./kit.mjs";

/** The browser itself writes to the console what the server refuses. */
const LATE = /the server responded with a status of 422/;
const SHUT = /the server responded with a status of 403/;

let server;
let browser;
let place;
let host;
let lead;
let guest;
let page;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  place = await server.workshop();
  await server.agenda(place.session, [
    { title: "Gather", method: "collect", prompt: "What is hard?", minutes: 10 },
    { title: "Look", method: "reveal", prompt: "Read them all." },
    { title: "Sort", method: "group", may_add: false },
  ]);
  host = await person(browser, WIDE, [LATE]);
  lead = await openAsHost(host, server, place.map);
  guest = await person(browser, WIDE, [SHUT]);
  page = await join(guest, place.invite.url, "Heron-12");
});

after(async () => {
  await browser.close();
  await server.stop();
});

/** Writes a node under the one that is selected. */
async function write(on, text) {
  await press(on, "Tab");
  await on.keyboard.type(text);
  await press(on, "Enter");
  await saved(on);
}

const strip = (on) => on.getByRole("region", { name: "This round" });
const toast = (on, words) => on.getByText(words, { exact: true }).first().waitFor();
const run = (name) => lead.getByRole("button", { name, exact: true });
const menuOf = async (on, text) => {
  await node(on, text).click({ button: "right" });
  return on.getByRole("menu");
};

describe("running a session", () => {
  it("starts a round: everybody sees it, its prompt and its timer", startsRound);
  it("tells whoever comes late where things stand, on a phone too", tellsLate);
  it("withholds what the next round does not grant, and says why", withholds);
  it("locks a branch: who tries to change it is told", locksBranch);
  it("opens a map that another facilitator has locked", locksMap);
  it("undoes an edit that the server refused, and nothing else", undoesRefused);
  it("brings everyone to a node", brings);
  it("leads the others' view until they move by themselves", leads);
  it("takes back what a guest did, and removes them", takesBack);
});

async function startsRound() {
  await run("Run the session").click();
  await run("Start the first round").click();
  for (const on of [lead, page]) {
    await strip(on).getByText("Gather").waitFor();
    await strip(on).getByText("What is hard?").waitFor();
  }
  const seconds = async (on) => {
    const [minutes, rest] = (await strip(on).locator("time").textContent()).split(":");
    return Number(minutes) * 60 + Number(rest);
  };
  const [mine, theirs] = [await seconds(lead), await seconds(page)];
  assert.ok(mine <= 600 && mine > 540, `${mine} seconds are left`);
  assert.ok(Math.abs(mine - theirs) <= 2, "two pages show the same time");
  await run("+1 minute").click();
  await until(
    () => seconds(page),
    (left) => left > 600,
    "a minute more",
  );
  await page.getByText("Round 1 of 3: Gather. What is hard?").waitFor({ state: "attached" });
  await focusMap(page);
  await write(page, "Too few people");
}

async function tellsLate() {
  const phone = await person(browser, PHONE);
  const late = await phone.newPage();
  await late.goto(place.invite.url);
  await late.getByLabel("Your name in this session").fill("Badger-07");
  await late.getByRole("button", { name: "Join", exact: true }).click();
  const card = late.getByRole("dialog", { name: "Here is where we are" });
  await card.getByText("What is hard?").waitFor();
  await card.getByText("Round 1 of 3").waitFor();
  await card.getByRole("button", { name: "Start" }).tap();
  await card.waitFor({ state: "hidden" });
  await late.reload();
  await strip(late).getByText("Gather").waitFor();
  assert.equal(await card.count(), 0, "once is enough");
  await leave(phone);
}

async function withholds() {
  await goOnTogether();
  await page.getByText("Round 2 of 3: Look. Read them all.").waitFor({ state: "attached" });
  await node(page, "Too few people").click();
  await press(page, "Tab");
  await toast(page, "Nothing is added in this round.");
  await press(page, "F2");
  await toast(page, "Nothing is changed in this round.");
  const menu = await menuOf(page, "Too few people");
  const item = menu.getByRole("menuitem", { name: /^Add child/ });
  await item.getByText("Nothing is added in this round.").waitFor();
  assert.equal(await item.getAttribute("aria-disabled"), "true");
  await press(page, "Escape");
  await lead.getByRole("button", { name: "Next round" }).click();
  await strip(page).getByText("Sort").waitFor();
  await lead.getByRole("button", { name: "End the last round" }).click();
  await strip(page).waitFor({ state: "hidden" });
}

/** Two facilitators press Next in the same moment: one of them is late, and the round stays. */
async function goOnTogether() {
  const second = await host.newPage();
  await second.goto(`${server.url}/maps/${place.map}`);
  let letGo = () => {};
  const held = new Promise((done) => {
    letGo = done;
  });
  await second.route("**/round", async (route) => {
    await held;
    await route.continue();
  });
  await second.getByRole("button", { name: "Next round" }).click();
  await run("Next round").click();
  await strip(page).getByText("Look").waitFor();
  letGo();
  await toast(second, "Another facilitator was first");
  await second.close();
  await strip(lead).getByText("Look").waitFor();
}

async function locksBranch() {
  await focusMap(lead);
  await press(lead, "Control+Home");
  await write(lead, "Agreed");
  const menu = await menuOf(lead, "Agreed");
  await menu.getByRole("menuitem", { name: "Lock branch" }).click();
  const branch = node(page, "Agreed");
  await until(
    () => branch.getAttribute("aria-description"),
    (words) => words === "locked",
    "the lock is shown",
  );
  await branch.click();
  await press(page, "Tab");
  await toast(page, "A facilitator has locked this branch.");
}

async function locksMap() {
  await server.change(`maps/${place.map}`, { state: "locked" });
  await run("Open map").click();
  await toast(lead, "Map open: everyone can write again");
  await server.change(`maps/${place.map}`, { state: "locked" });
  await run("Open map").waitFor();
  await server.change(`maps/${place.map}`, { state: "open" });
  await run("Lock map").waitFor();
}

/** A page that does not know of a lock yet, as when it comes at the same moment. */
async function undoesRefused() {
  const other = await person(browser, WIDE);
  await other.addInitScript(() => {
    const real = WebSocket.prototype;
    const on = Object.getOwnPropertyDescriptor(real, "onmessage");
    const STATE = 115;
    Object.defineProperty(real, "onmessage", {
      ...on,
      set(listener) {
        on.set.call(this, (event) => {
          const { data } = event;
          if (data instanceof ArrayBuffer && new Uint8Array(data)[0] === STATE) return;
          listener.call(this, event);
        });
      },
    });
  });
  const unaware = await join(other, place.invite.url, "Finch-20");
  await focusMap(unaware);
  await write(unaware, "Mine to keep");
  await node(unaware, "Agreed").click();
  await press(unaware, "F2");
  await unaware.keyboard.type("Broken");
  await press(unaware, "Enter");
  await toast(unaware, "That change was taken back");
  await toast(unaware, "A facilitator has locked this branch.");
  await node(unaware, "Agreed").waitFor();
  await node(unaware, "Mine to keep").waitFor();
  await saved(unaware);
  assert.match(await server.outline(place.map), /^\tAgreed$/m);
  assert.match(await server.outline(place.map), /^\tMine to keep$/m);
  await leave(other);
}

async function brings() {
  const menu = await menuOf(lead, "Mine to keep");
  await menu.getByRole("menuitem", { name: "Bring everyone to this idea" }).click();
  await page.getByText("The facilitator calls you here: “Mine to keep”").waitFor();
  const at = node(page, "Mine to keep");
  await until(
    () => at.getAttribute("aria-selected"),
    (is) => is === "true",
    "the page went there",
  );
  await page.getByRole("button", { name: "Dismiss" }).last().click();
}

async function leads() {
  await run("Follow me").click();
  await page.getByText(/^You follow /).waitFor();
  /** How far right of the middle a node stands, in its own widths: the same for all who see the same. */
  const offset = async (on) => {
    const tree = await on.getByRole("tree").boundingBox();
    const box = await node(on, "Agreed").boundingBox();
    return (box.x + box.width / 2 - tree.x - tree.width / 2) / box.width;
  };
  const seesTheSame = async () => Math.abs((await offset(page)) - (await offset(lead))) < 0.1;
  await until(seesTheSame, (same) => same, "the page goes where the facilitator is");
  const before = await offset(page);
  const box = await lead.getByRole("tree").boundingBox();
  await lead.mouse.move(box.x + 60, box.y + 60);
  await lead.mouse.wheel(300, 0);
  await until(
    () => offset(page),
    (now) => Math.abs(now - before) > 0.5,
    "the view goes along",
  );
  const there = await page.getByRole("tree").boundingBox();
  await page.mouse.move(there.x + 60, there.y + 60);
  await page.mouse.wheel(0, 80);
  await page.getByRole("button", { name: "Resume following" }).click();
  await page.getByText(/^You follow /).waitFor();
  await lead
    .getByRole("region", { name: "Everyone" })
    .getByRole("button", { name: "Stop leading" })
    .click();
  await page.getByText(/^You follow /).waitFor({ state: "hidden" });
}

async function takesBack() {
  const people = lead.getByRole("region", { name: "People" });
  await people.getByRole("button", { name: "Actions for Heron-12" }).click();
  await lead.getByRole("menuitem", { name: "Take back their changes" }).click();
  await lead.getByRole("button", { name: "Take back their changes" }).click();
  await node(page, "Too few people").waitFor({ state: "detached" });
  await people.getByRole("button", { name: "Actions for Heron-12" }).click();
  await lead.getByRole("menuitem", { name: "Remove" }).click();
  await lead.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText("This page is not connected to the map.").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "This map cannot be opened" }).waitFor();
  await page.getByText("You have no place in this map, or no longer have one.").waitFor();
  await page.getByLabel("Code from the screen or the invitation").waitFor();
  await leave(guest);
  await leave(host);
}
