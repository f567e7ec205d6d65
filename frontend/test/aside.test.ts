// @vitest-environment node
/** What could not go into the map: none of its words is lost, whatever happens around it. */
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addChild, addComment, remove, setRelation } from "~/map/commands";
import { modelOf } from "~/map/model";
import { ROOT, textOf } from "~/map/schema";
import { forgetOffline, keptWords } from "~/sync/device";
import { openOfflineStore } from "~/sync/offline";
import { newKey } from "~/sync/outbox";
import type { RoomClient } from "~/sync/RoomClient";
import { AUTHOR, copyOf, outlineOf } from "./maps";
import { Browser, eventually, say, until } from "./rooms";
import { TestServer } from "./server";

const ANN = { id: "ann" };
const BEN = { id: "ben" };

let server: TestServer;
let browser: Browser;

beforeEach(async () => {
  server = await TestServer.start();
  browser = new Browser();
});

afterEach(async () => {
  await browser.close();
  await server.stop();
});

/** From now on the server takes nothing of Ann's. */
function refuseAnn(code = "locked"): void {
  server.map("m").faults.refuse = (_, seat) => (seat.participant === "ann" ? code : null);
}

it("a page that is left in the moment of a refusal still offers what was refused, on the next visit", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  refuseAnn();
  say(room, "refused");

  await until(room, { generation: 1 });
  await browser.close();
  const again = await browser.open(server.url, "m", "ann");

  await until(again, { setAside: 1, synced: true });
  expect(again.aside).toMatchObject([{ text: "refused" }]);
});

it("a page that is left in the moment of a refusal, and keeps nothing, offers it when one comes back", async () => {
  const own = new Browser({ isPrivate: true });
  const open = () => own.open(server.url, "m", "ann", {}, "ann");
  const room = await open();
  await until(room, { synced: true });
  refuseAnn();
  say(room, "refused");
  await until(room, { generation: 1 });

  await own.close();
  const again = await open();

  await until(again, { setAside: 1, synced: true });
  expect(again.takeAside()).toMatchObject([{ text: "refused" }]);
  await own.close();
});

it("the word that is half written when the document is replaced is offered, too", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  const id = say(room, "half");
  await until(room, { unsent: 0 });
  const { doc } = room;
  refuseAnn();
  say(room, "refused");

  await until(room, { generation: 1 });
  // As a field does that an input method was composing in when it goes.
  textOf(doc, id)?.insert(4, " a wo");

  await until(room, { setAside: 2, synced: true });
  expect(room.aside.map(({ text }) => text).sort()).toEqual(["half a wo", "refused"]);
});

it("what is refused later is counted beside what still waits for its author", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  refuseAnn();
  say(room, "first");
  await until(room, { setAside: 1, synced: true, unsent: 0 });

  say(room, "second");

  await until(room, { setAside: 2, synced: true, unsent: 0 });
  expect(room.aside.map(({ text }) => text)).toEqual(["first", "second"]);
});

it("words in a branch that somebody else deleted meanwhile are offered, too", async () => {
  const ann = await browser.enter(server.url, "m", "ann");
  const ben = await new Browser().enter(server.url, "m", "ben");
  const branch = say(ben, "branch");
  await eventually(() => expect(modelOf(ann.doc).node(branch)).toBeDefined());
  refuseAnn("gap");
  addChild(ann.doc, AUTHOR, branch, "below it");
  addComment(ann.doc, AUTHOR, branch, "about it");
  remove(ben.doc, BEN, [branch]);
  await eventually(() => expect(modelOf(ann.doc).node(branch)).toBeUndefined());

  refuseAnn();

  await until(ann, { generation: 1, synced: true, setAside: 2 });
  expect(ann.aside).toMatchObject([
    { under: "branch", text: "below it" },
    { under: "branch", text: "about it" },
  ]);
  await ben.destroy();
});

it("what its author had thrown away is not offered again", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  refuseAnn();
  remove(room.doc, ANN, [say(room, "second thoughts")]);
  say(room, "first thoughts");

  await until(room, { generation: 1, synced: true, setAside: 1 });

  expect(room.aside).toMatchObject([{ text: "first thoughts" }]);
});

it("the words on an arrow are offered like any other", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  const [from, to] = [say(room, "one"), say(room, "two")];
  await until(room, { unsent: 0 });
  refuseAnn();

  setRelation(room.doc, ANN, from, to, "leads to");

  await until(room, { generation: 1, synced: true, setAside: 1 });
  expect(room.aside).toMatchObject([{ node: from, under: "one", text: "leads to" }]);
});

it("words that the map has after all would not be lost by signing out", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  server.map("m").faults.closeWith = 4503;
  server.map("m").cut();
  await until(room, { phase: "offline" });
  say(room, "taken, but nobody was told");
  await browser.close();
  expect(await browser.unsent()).toBeGreaterThan(0);
  server.map("m").faults.closeWith = null;
  server.map("m").beginEpoch(copyOf(room.doc));

  const again = await browser.open(server.url, "m", "ann");
  await until(again, { epoch: 2, synced: true, setAside: 0, unsent: 0 });

  await eventually(async () => expect(await browser.unsent()).toBe(0));
});

it("an edit that builds on what is nowhere any more is offered, and holds up nothing that is written later", async () => {
  const there = copyOf(server.map("m").doc);
  const updates: Uint8Array[] = [];
  there.on("update", (update: Uint8Array) => updates.push(update));
  for (const text of ["gone", "left over"]) addChild(there, ANN, ROOT, text);
  const factory = new IDBFactory();
  const store = await openOfflineStore("m", factory);
  await store.keepAs({ epoch: 1, participant: "ann" });
  store.add({ key: newKey(), update: updates[1] ?? Uint8Array.of(), touched: ["n"] });
  await store.close();

  browser = new Browser({ factory });
  const room = await browser.open(server.url, "m", "ann");

  await until(room, { synced: true, unsent: 0, setAside: 1 });
  expect(room.aside).toMatchObject([{ text: "left over" }]);
  say(room, "later");
  await until(room, { unsent: 0 });
  expect(outlineOf(modelOf(server.map("m").doc))).toBe("later\n");
});

it("words of a map that was rebuilt, and then shut before it greeted anybody, are still found", async () => {
  const factory = new IDBFactory();
  const own = new Browser({ factory });
  const room = await own.enter(server.url, "m", "ann");
  const map = server.map("m");
  map.faults.isMute = true;
  say(room, "never sent");
  map.faults.closeWith = 4403;
  map.close(4409);
  await until(room, { phase: "refused", setAside: 1 });
  await own.close();

  expect(await keptWords("m", factory)).toMatchObject([{ text: "never sent" }]);
  await forgetOffline("m", factory);
  expect(await keptWords("m", factory)).toEqual([]);
});

describe("a tab that has not noticed that the map was rebuilt, and is closed before it is told", () => {
  /** Ann writes this in such a tab, while another one of hers is on the new map. */
  async function missTheEpoch(...texts: string[]): Promise<void> {
    const old = await TestServer.start();
    const unaware = await browser.enter(old.url, "m", "ann");
    say(unaware, "saved in the old map");
    await until(unaware, { unsent: 0 });
    await old.stop();
    await until(unaware, { phase: "offline" });
    server.map("m").epoch = 2;
    await browser.enter(server.url, "m", "ann");
    for (const text of texts) say(unaware, text);
    await browser.close();
  }

  it("does not keep its words from their author, who is offered them on the next visit", async () => {
    await missTheEpoch("missed it");

    const again = await browser.enter(server.url, "m", "ann");

    await until(again, { setAside: 1, unsent: 0 });
    expect(again.aside).toMatchObject([{ text: "missed it" }]);
    expect(outlineOf(modelOf(server.map("m").doc))).toBe("");
    again.takeAside();
    await eventually(async () => expect(await browser.unsent()).toBe(0));
  });

  it("shows nothing of them to somebody else on the same computer", async () => {
    await missTheEpoch("ann's own");

    const other = await browser.enter(server.url, "m", "ben");
    await browser.close();
    expect(other.aside).toEqual([]);
    const again = await browser.enter(server.url, "m", "ann");

    await until(again, { setAside: 1 });
    expect(again.aside).toMatchObject([{ text: "ann's own" }]);
  });
});

describe("a device that is too far ahead of a server brought back from a backup", () => {
  const long = Array.from({ length: 40 }, (_, n) => `lost ${n} ${"x".repeat(2_000)}`);

  /** Ann's page, opened again on a server that has one of her ideas; these were not even sent. */
  async function comeBack(...unsent: string[]): Promise<RoomClient> {
    const map = server.map("m");
    const room = await browser.enter(server.url, "m", "ann");
    const kept = say(room, "in the backup");
    await until(room, { unsent: 0 });
    const backup = copyOf(map.doc);
    for (const text of long) {
      say(room, text);
      await until(room, { unsent: 0 });
    }
    addChild(room.doc, AUTHOR, kept, "lost below it");
    await until(room, { unsent: 0 });
    map.faults.closeWith = 4503;
    map.cut();
    await until(room, { phase: "offline" });
    for (const text of unsent) {
      say(room, text);
      room.unsentWords();
    }
    await browser.close();
    map.faults.closeWith = null;
    map.doc = backup;
    return browser.open(server.url, "m", "ann");
  }

  it("may start over, and is offered what was lost", async () => {
    const room = await comeBack();
    await until(room, { phase: "refused", ahead: true });

    room.startOver();

    await until(room, { phase: "open", synced: true, ahead: false, setAside: 41 });
    expect(outlineOf(modelOf(room.doc))).toBe("in the backup\n");
    const texts = room.aside.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining([...long, "lost below it"]));
  });

  it("says so instead of saving for ever, also with edits that were not sent, which are offered with the rest", async () => {
    const room = await comeBack("not sent", "nor this");
    await until(room, { phase: "refused", ahead: true, unsent: 2 });

    room.startOver();

    await until(room, { phase: "open", synced: true, unsent: 0, setAside: 43 });
    const texts = room.aside.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining([...long, "not sent", "nor this"]));
  });
});
