/** What a page does when the server is away, and when the server says no. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { Desk } from "./desk.mjs";
import {
  browse,
  Gapmap,
  KEEPS_APP,
  leave,
  PHONE,
  person,
  press,
  saved,
  says,
  takeSeat,
  until,
  WIDE,
} from "./kit.mjs";

let server;
let browser;
let me;
let desk;
let seat;
let workshop;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
});

after(async () => {
  await browser.close();
  await server.stop();
});

beforeEach(async () => {
  workshop = await server.workshop();
  const options = { ...WIDE, ...KEEPS_APP, permissions: ["clipboard-read", "clipboard-write"] };
  // Who was removed is refused the page's data, which the browser reports by itself.
  me = await person(browser, options, [/status of 403/]);
  seat = await takeSeat(me, server, workshop.code, "Heron-12");
  desk = await Desk.open(server, me, workshop.session, "One\nTwo");
});

afterEach(() => leave(me));

/** Closes a tab as a hand does, in mid-thought: the page is told, and nobody waits for it. */
async function closeTab(page) {
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
}

describe("while the server is away", () => {
  it("goes on, says so, and sends everything when it is back", async () => {
    await server.kill();
    await says(desk.page, /^Offline/);
    await desk.add("Two", "Three");
    await says(desk.page, /^Offline · unsent changes$/);
    await desk.click("One");
    await desk.keys("Delete");
    await server.serve();
    await saved(desk.page);
    await desk.holds("Two\nThree");
  });

  it("keeps what was written when the page is closed, and merges it on the next visit", async () => {
    const other = await person(browser);
    await takeSeat(other, server, workshop.code, "Badger-07");
    await server.kill();
    await says(desk.page, /^Offline/);
    await desk.add("One", "Kept on the device");
    await says(desk.page, /^Offline · unsent changes$/);
    await closeTab(desk.page);
    await server.serve();
    const there = new Desk(server, await other.newPage(), desk.map);
    await there.load();
    await there.add("Two", "Written meanwhile");
    await there.holds("One\nTwo\nWritten meanwhile");
    desk.page = await me.newPage();
    await desk.load();
    await saved(desk.page);
    await desk.holds("One\nKept on the device\nTwo\nWritten meanwhile");
    await there.node("Kept on the device").waitFor();
    await leave(other);
  });

  it("notices a network that is gone, and one that is back", async () => {
    await me.setOffline(true);
    await desk.add("Two", "Without network");
    await says(desk.page, /^Offline · unsent changes$/);
    await me.setOffline(false);
    await saved(desk.page);
    await desk.holds("One\nTwo\nWithout network");
  });

  for (const view of ["map", "outline"]) {
    it(`covers nothing of the ${view} on a phone`, async () => {
      const phone = await person(browser, { ...PHONE, ...KEEPS_APP });
      await takeSeat(phone, server, workshop.code, "Otter-03");
      const small = await Desk.open(server, phone, workshop.session, "One\nTwo");
      await small.page.goto(`${server.url}/maps/${small.map}?view=${view}`);
      await small.node("One").waitFor();
      await server.kill();
      const said = await small.page.getByRole("button", { name: "Dismiss" }).boundingBox();
      const tree = await small.page.getByRole("tree").boundingBox();
      assert.ok(said.y + said.height <= tree.y, "what is said ends above what one writes");
      await server.serve();
      await leave(phone);
    });
  }
});

describe("two tabs of one person", () => {
  it("are one person, see each other's edits, and lose nothing of either offline", async () => {
    const tab = new Desk(server, await me.newPage(), desk.map);
    await tab.load();
    await tab.page.getByRole("button", { name: "1 person" }).waitFor();
    await tab.add("Two", "From the second");
    await desk.node("From the second").waitFor();
    await server.kill();
    for (const at of [desk, tab]) await says(at.page, /^Offline/);
    await desk.add("One", "First, offline");
    await tab.add("From the second", "Second, offline");
    // One of the two is closed before the server is back: its work is the other's too.
    await closeTab(tab.page);
    await server.serve();
    await saved(desk.page);
    const again = new Desk(server, await me.newPage(), desk.map);
    await again.load();
    await saved(again.page);
    await desk.holds("One\nFirst, offline\nTwo\nFrom the second\nSecond, offline");
    await desk.node("Second, offline").waitFor();
  });
});

/** Tries to write by every way that a page has, and finds none. */
async function cannotWrite(at, branches) {
  await at.click("One");
  await at.keys("Tab", "Enter", "F2", "Delete", "Control+Delete", "Alt+ArrowDown");
  await at.type("words");
  await at.node("One").dblclick();
  assert.equal(await at.page.locator("[data-editor] textarea").count(), 0);
  assert.equal(await at.page.getByRole("button", { name: /^Undo/ }).count(), 0);
  await at.click("Two", { button: "right" });
  await at.page.getByRole("menu").waitFor();
  for (const name of ["Edit text", "Add child", "Cut", "Paste", "Delete", "Move to…"]) {
    assert.equal(await at.page.getByRole("menuitem", { name, exact: true }).count(), 0, name);
  }
  await at.keys("Escape");
  const text = at.page.locator("[data-region=panel]").getByRole("textbox", { name: "Text" });
  assert.equal(await text.getAttribute("readonly"), "");
  assert.equal(await at.page.getByRole("button", { name: "Delete branch" }).count(), 0);
  await at.page.getByRole("button", { name: "Outline" }).click();
  await at.click("One");
  await at.keys("Enter", "Delete");
  assert.equal(await at.page.getByRole("treeitem").count(), 1 + branches.split("\n").length);
  assert.equal(await at.page.locator("[role=treeitem] textarea").count(), 0);
  await at.holds(branches);
}

const badge = (page, words) => page.locator("[data-region=bar]").getByText(words).waitFor();

describe("where one may only look", () => {
  it("a viewer's page has nothing to write with", async () => {
    const invite = { session: workshop.session, role: "viewer" };
    const { code } = await server.api("POST", "invites", invite);
    const viewer = await person(browser);
    await takeSeat(viewer, server, code, "Otter-03");
    const there = new Desk(server, await viewer.newPage(), desk.map);
    await there.load();
    await badge(there.page, "View only");
    await cannotWrite(there, "One\nTwo");
    await leave(viewer);
  });

  it("a map that is locked takes the pen away at once, and gives it back", async () => {
    await desk.click("One");
    await server.change(`maps/${desk.map}`, { state: "locked" });
    await badge(desk.page, "Locked");
    await cannotWrite(desk, "One\nTwo");
    await desk.page.getByRole("button", { name: "Map", exact: true }).click();
    await server.change(`maps/${desk.map}`, { state: "open" });
    await desk.page.getByRole("button", { name: /^Undo/ }).waitFor();
    await desk.add("Two", "Open again");
    await desk.holds("One\nTwo\nOpen again");
  });

  it("a session that is closed takes it away in mid-word, and keeps what was written", async () => {
    await desk.click("Two");
    await desk.keys("F2");
    await desk.type(" and a half");
    await desk.holds("One\nTwo and a half");
    await server.change(`sessions/${workshop.session}`, { state: "closed" });
    const closed = desk.page.getByText("Closed", { exact: true });
    await closed.waitFor();
    assert.equal(await closed.count(), 1, "it is said once");
    await until(
      () => desk.field.count(),
      (count) => count === 0,
      "the editor closes",
    );
    await desk.holds("One\nTwo and a half");
  });
});

describe("when one has to go", () => {
  it("tells somebody who was removed", async () => {
    await server.api("DELETE", `participants/${seat.id}`);
    await desk.page.getByText("A facilitator can let you in again").waitFor();
    await says(desk.page, /^Not connected$/);
    assert.equal(await desk.page.getByRole("button", { name: /^Undo/ }).count(), 0);
  });

  it("closes the editor of somebody who is removed in mid-word", async () => {
    await desk.click("One");
    await desk.keys("F2");
    await desk.type(" more");
    await desk.holds("One more\nTwo");
    await server.api("DELETE", `participants/${seat.id}`);
    await until(
      () => desk.field.count(),
      (count) => count === 0,
      "the editor closes",
    );
  });

  it("leaves their words to somebody who was removed before they could be sent", async () => {
    await me.setOffline(true);
    await server.kill();
    await says(desk.page, /^Offline/);
    await desk.add("Two", "Known to nobody");
    await server.serve();
    await server.api("DELETE", `participants/${seat.id}`);
    await me.setOffline(false);
    await says(desk.page, /^Not connected · unsent changes$/);
    const copied = async () => {
      await desk.page.evaluate(() => navigator.clipboard.writeText(""));
      await desk.page.getByRole("button", { name: "Copy my work" }).click();
      await until(
        () => desk.page.evaluate(() => navigator.clipboard.readText()),
        (text) => text === "Ideas\n\tKnown to nobody",
        "copied",
      );
    };
    await copied();
    await desk.page.getByRole("button", { name: "Load the page again" }).click();
    await desk.page.getByText("Words of yours are kept on this device").waitFor();
    await copied();
    await desk.page.getByRole("button", { name: "Discard it" }).click();
    await desk.page.getByText("Words of yours are kept").waitFor({ state: "hidden" });
  });

  it("offers what could not be sent when the map was rebuilt meanwhile", async () => {
    await desk.click("One");
    await desk.keys("Delete");
    await desk.holds("Two");
    await me.setOffline(true);
    await server.kill();
    await says(desk.page, /^Offline/);
    await desk.add("Two", "Not sent in time");
    await says(desk.page, /^Offline · unsent changes$/);
    await server.serve();
    await server.api("POST", `maps/${desk.map}/purge`);
    await me.setOffline(false);
    await desk.page.getByText("Work from before is kept for you").waitFor();
    await saved(desk.page);
    await desk.page.getByRole("button", { name: "Copy my work" }).click();
    const words = await until(
      () => desk.page.evaluate(() => navigator.clipboard.readText()),
      (text) => text.includes("Not sent in time"),
      "copied",
    );
    assert.match(words, /^Ideas\n\tNot sent in time/);
    await desk.page.getByRole("button", { name: "Discard it" }).click();
    await desk.page.getByText("Work from before").waitFor({ state: "hidden" });
    await desk.holds("Two");
    // The page goes on with the rebuilt map.
    await desk.click("Two");
    await press(desk.page, "Control+Home", "Tab");
    await desk.type("Anew");
    await desk.keys("Enter");
    await desk.holds("Two\nAnew");
  });
});
