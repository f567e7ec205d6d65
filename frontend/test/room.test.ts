// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { addChild, remove } from "~/map/commands";
import { modelOf } from "~/map/model";
import { nodesOf, ROOT, textOf } from "~/map/schema";
import { editText } from "~/map/textDelta";
import type { RoomClient } from "~/sync/RoomClient";
import { AUTHOR, newMap, outlineOf } from "./maps";
import { Browser, eventually, say, until } from "./rooms";
import { TestServer } from "./server";

let server: TestServer;
let browsers: Browser[];

beforeEach(async () => {
  server = await TestServer.start();
  browsers = [];
});

afterEach(async () => {
  for (const browser of browsers) await browser.close();
  await server.stop();
});

function newBrowser(options?: { isPrivate: boolean }): Browser {
  const browser = new Browser(options);
  browsers.push(browser);
  return browser;
}

function enter(who: string): Promise<RoomClient> {
  return newBrowser().enter(server.url, "m", who);
}

function outline(room: RoomClient): string {
  return outlineOf(modelOf(room.doc));
}

function served(): string {
  return outlineOf(modelOf(server.map("m").doc));
}

it("a room gets the map, and is told who it is", async () => {
  const room = await enter("ann");

  expect(room.status).toMatchObject({
    phase: "open",
    role: "editor",
    participant: "ann",
    epoch: 1,
    unsent: 0,
    loaded: true,
    keptOnDevice: true,
    session: { phase: "live", locked: false },
  });
  expect(nodesOf(room.doc).has(ROOT)).toBe(true);
  expect(server.map("m").visits[0]?.toString()).toBe("gapmap=1&token=ann");
});

it("a room carries edits to the others, and counts them until they are durable", async () => {
  const [ann, ben] = [await enter("ann"), await enter("ben")];

  say(ann, "hello");

  expect(ann.status.unsent).toBe(1);
  await until(ann, { unsent: 0 });
  await eventually(() => expect(outline(ben)).toBe("hello\n"));
  expect(ben.status.unsent).toBe(0);
});

it("a room sends what is typed in quick succession together", async () => {
  const room = await enter("ann");
  const id = say(room, "a");
  await until(room, { unsent: 0 });
  const before = server.map("m").seq;
  const text = textOf(room.doc, id);
  for (const words of ["ab", "abc", "abcd", "abcde"]) if (text) editText(text, words, 9);

  await until(room, { unsent: 0 });

  expect(served()).toBe("abcde\n");
  expect(server.map("m").seq - before).toBeLessThan(3);
});

it("a room comes back after a cut, and both sides then have it all", async () => {
  const [ann, ben] = [await enter("ann"), await enter("ben")];

  const lost = until(ann, { phase: "offline" });
  server.map("m").cut();
  await lost;
  say(ann, "while cut");
  say(ben, "too");

  await until(ann, { unsent: 0, synced: true });
  await until(ben, { unsent: 0, synced: true });
  await eventually(() => expect(outline(ben).split("\n").sort().join()).toBe(",too,while cut"));
  await eventually(() => expect(outline(ann)).toBe(outline(ben)));
  expect(served()).toBe(outline(ann));
});

it("a room stops where it is not wanted, and tries again when asked to", async () => {
  const room = await enter("ann");
  say(room, "a");
  await until(room, { unsent: 0 });

  server.map("m").faults.closeWith = 4403;
  server.map("m").cut();
  await until(room, { phase: "refused", closeCode: 4403 });
  const visits = server.map("m").visits.length;
  say(room, "b");
  expect(room.status.unsent).toBe(1);

  server.map("m").faults.closeWith = null;
  room.connect();
  await until(room, { phase: "open", unsent: 0, closeCode: null });
  expect(server.map("m").visits).toHaveLength(visits + 1);
});

it("a room tries again, and again later, where the server is overloaded", async () => {
  server.map("m").faults.closeWith = 4503;
  const room = await newBrowser().open(server.url, "m", "ann");
  await eventually(() => expect(server.map("m").visits.length).toBeGreaterThan(2));
  expect(room.status).toMatchObject({ phase: "offline", closeCode: 4503 });

  server.map("m").faults.closeWith = null;

  await until(room, { phase: "open", synced: true });
});

it("a room gives up a connection that has silently gone", async () => {
  const patience = { silence: 60, answer: 60 };
  const room = await newBrowser().open(server.url, "m", "ann", patience);
  await until(room, { synced: true });

  server.map("m").faults.isMute = true;
  say(room, "into the void");
  await until(room, { phase: "offline", reason: "the connection was silent", unsent: 1 });
  server.map("m").faults.isMute = false;

  await until(room, { phase: "open", unsent: 0 });
  expect(served()).toBe("into the void\n");
});

it("a room stays on a connection where nothing happens", async () => {
  const patience = { silence: 30, answer: 1_000 };
  const room = await newBrowser().open(server.url, "m", "ann", patience);
  await until(room, { synced: true });
  const phases = new Set<string>();
  room.subscribe(() => phases.add(room.status.phase));

  await eventually(() => expect(server.map("m").nQueries).toBeGreaterThan(4));

  expect([...phases]).toEqual([]);
  expect(server.map("m").visits).toHaveLength(1);
});

it("a room says its last words when it is left", async () => {
  const room = await enter("ann");
  say(room, "last words");
  await room.destroy();

  await eventually(() => expect(served()).toBe("last words\n"));
  await eventually(() => expect(server.map("m").seats.size).toBe(0));
});

it("a refusal for a moment is tried again until it is taken", async () => {
  const [ann, ben] = [await enter("ann"), await enter("ben")];
  server.map("m").faults.failingCommits = 2;

  say(ann, "stubborn");

  await eventually(() => expect(ann.status.lastNack).toMatchObject({ code: "not_saved" }));
  expect(ann.status.unsent).toBe(1);
  await until(ann, { unsent: 0 });
  await eventually(() => expect(outline(ben)).toBe("stubborn\n"));
  expect(ann.status.setAside).toBe(0);
});

it("a refusal of a gap is answered with what is missing", async () => {
  const room = await enter("ann");
  server.map("m").doc = newMap();
  say(room, "a");

  await until(room, { unsent: 0 });
  expect(served()).toBe("a\n");
});

it("a refusal for good takes the work out of the map and keeps its words", async () => {
  const [ann, ben] = [await enter("ann"), await enter("ben")];
  say(ann, "fine");
  await until(ann, { unsent: 0 });
  const before = ann.doc;
  server.map("m").faults.refuse = (update) => (update.length > 400 ? "too_large" : null);

  const id = say(ann, `big ${"x".repeat(500)}`);
  say(ann, "after it");

  await until(ann, { generation: 1, synced: true, unsent: 0, setAside: 2 });
  expect(ann.status.lastNack).toEqual({ code: "too_large", message: "test" });
  expect(ann.doc).not.toBe(before);
  expect(outline(ann)).toBe("fine\n");
  const aside = ann.takeAside();
  expect(aside.map(({ text }) => text.slice(0, 8))).toEqual(["big xxxx", "after it"]);
  expect(aside[0]).toMatchObject({ node: id, under: "Map", note: "" });
  expect(ann.status.setAside).toBe(0);
  say(ann, "on we go");
  await eventually(() => expect(outline(ben)).toBe("fine\non we go\n"));
});

it("a refusal for good leaves others' edits in", async () => {
  const [ann, ben] = [await enter("ann"), await enter("ben")];
  server.map("m").faults.refuse = (_, seat) => (seat.participant === "ann" ? "locked" : null);
  say(ben, "from ben");
  say(ann, "from ann");

  await until(ann, { generation: 1, synced: true });

  await eventually(() => expect(outline(ann)).toBe("from ben\n"));
  expect(ann.takeAside()).toMatchObject([{ text: "from ann" }]);
});

it("a refusal of what others wrote and the server has lost drops this browser's copy", async () => {
  const browser = newBrowser();
  const [room, ben] = [await browser.enter(server.url, "m", "ann"), await enter("ben")];
  say(ben, "lost by the server");
  await eventually(() => expect(outline(room)).toBe("lost by the server\n"));
  await browser.close();
  await ben.destroy();
  server.map("m").doc = newMap();

  const again = await browser.open(server.url, "m", "ann");
  await until(again, { generation: 1, synced: true, phase: "open" });
  expect(outline(again)).toBe("");
  expect(again.status.lastNack?.code).toBe("not_yours");
});

it("a refusal of a message over the server's limit does not end in a circle", async () => {
  const room = await enter("ann");
  server.map("m").faults.closeWith = 4413;
  server.map("m").faults.isMute = true;
  say(room, "too much");
  server.map("m").close(4413);

  await until(room, { phase: "refused", closeCode: 4413, setAside: 1, unsent: 0 });
  expect(server.map("m").visits).toHaveLength(1);
  expect(room.takeAside()).toMatchObject([{ text: "too much" }]);
});

describe("another epoch", () => {
  it("is loaded afresh, and unsent work of the old one is offered", async () => {
    const room = await enter("ann");
    const kept = say(room, "kept");
    await until(room, { unsent: 0 });
    server.map("m").faults.isMute = true;
    const text = textOf(room.doc, kept);
    if (text) editText(text, "kept and changed", 16);
    say(room, "unsent");
    server.map("m").faults.isMute = false;

    server.map("m").beginEpoch();

    await until(room, { epoch: 2, synced: true, generation: 1, setAside: 2, unsent: 0 });
    expect(outline(room)).toBe("");
    expect(served()).toBe("");
    expect(room.takeAside().map((it) => it.text)).toEqual(["kept and changed", "unsent"]);
    expect(room.status.phase).toBe("open");
  });

  it("is noticed in the hello, before anything is merged", async () => {
    const browser = newBrowser();
    const room = await browser.enter(server.url, "m", "ann");
    say(room, "old history");
    await until(room, { unsent: 0 });
    await browser.close();
    const fresh = newMap();
    addChild(fresh, AUTHOR, ROOT, "new history");
    server.map("m").epoch = 7;
    server.map("m").doc = fresh;

    const again = await browser.open(server.url, "m", "ann");

    await until(again, { epoch: 7, synced: true });
    expect(outline(again)).toBe("new history\n");
    expect(served()).toBe("new history\n");
    expect(again.status.setAside).toBe(0);
  });
});

describe("what the server sends in error", () => {
  it.each([
    ["nothing", Uint8Array.of()],
    ["a message cut short", Uint8Array.of(0, 2, 200, 1)],
    ["an update that is none", Uint8Array.of(0, 2, 3, 9, 9, 9)],
    ["a state vector that is none", Uint8Array.of(0, 0, 2, 200, 200)],
    ["an acknowledgement without a number", Uint8Array.of(111, 2, 123, 125)],
    ["presence that is none", Uint8Array.of(1, 3, 1, 1, 1)],
  ])("%s: the room starts over, and goes on", async (_, frame) => {
    const [ann, ben] = [await enter("ann"), await enter("ben")];
    server.map("m").broadcast(frame);
    say(ann, "still here");

    await eventually(() => expect(outline(ben)).toBe("still here\n"));
    await until(ann, { unsent: 0, phase: "open" });
  });

  it("again and again ends the connection, and the next one is good", async () => {
    const room = await enter("ann");
    for (let n = 0; n < 9; n++) server.map("m").broadcast(Uint8Array.of(99 & 0, 9, 0));

    await eventually(() => expect(server.map("m").visits.length).toBeGreaterThan(1));
    await until(room, { phase: "open", synced: true });
  });

  it("of a type to come is left alone", async () => {
    const room = await enter("ann");
    server.map("m").broadcast(Uint8Array.of(120, 1, 2, 3));
    say(room, "a");

    await until(room, { unsent: 0 });
    expect(server.map("m").visits).toHaveLength(1);
  });

  it("a hole: the room asks for what is missing", async () => {
    const room = await enter("ann");
    const map = server.map("m");
    const there = new Y.Doc();
    Y.applyUpdate(there, Y.encodeStateAsUpdate(map.doc));
    const updates: Uint8Array[] = [];
    there.on("update", (update: Uint8Array) => updates.push(update));
    addChild(there, AUTHOR, ROOT, "one");
    addChild(there, AUTHOR, ROOT, "two");
    Y.applyUpdate(map.doc, Y.encodeStateAsUpdate(there));
    const second = updates[1] ?? Uint8Array.of();
    map.broadcast(Uint8Array.of(0, 2, ...lengthOf(second), ...second));

    await eventually(() => expect(outline(room)).toBe("one\ntwo\n"));
  });
});

describe("presence", () => {
  it("reaches the others, and ends when its page does", async () => {
    const [ann, ben] = [await enter("ann"), await enter("ben")];
    ann.setPresence({ selected: "n1" });
    ann.setPresence({ caret: null });

    const state = () => ben.awareness.getStates().get(ann.awareness.clientID);
    await eventually(() => expect(state()).toEqual({ selected: "n1", caret: null }));
    await ann.destroy();
    await eventually(() => expect(state()).toBeUndefined());
  });

  it("is forgotten with the connection, and told anew on the next", async () => {
    const [ann, ben] = [await enter("ann"), await enter("ben")];
    ann.setPresence({ selected: "n1" });
    const id = ann.awareness.clientID;
    await eventually(() => expect(ben.awareness.getStates().has(id)).toBe(true));

    const lost = until(ben, { phase: "offline" });
    server.map("m").cut();
    await lost;
    expect([...ben.awareness.getStates().keys()]).toEqual([ben.awareness.clientID]);

    await eventually(() => expect(ben.awareness.getStates().get(id)?.selected).toBe("n1"));
  });

  it("is sent ten times a second at most, however often it changes", async () => {
    const [ann, ben] = [await enter("ann"), await enter("ben")];
    let heard = 0;
    ben.awareness.on("update", () => heard++);
    for (let n = 0; n < 200; n++) ann.setPresence({ selected: `n${n}` });

    const id = ann.awareness.clientID;
    await eventually(() => expect(ben.awareness.getStates().get(id)?.selected).toBe("n199"));
    expect(heard).toBeLessThan(5);
  });
});

it("a viewer's edit is refused and taken out", async () => {
  server.map("m").role = "viewer";
  const room = await enter("vic");
  expect(room.status.role).toBe("viewer");
  remove(room.doc, AUTHOR, [say(room, "graffiti")]);

  await until(room, {
    generation: 1,
    synced: true,
    lastNack: { code: "read_only", message: "test" },
  });
  expect(outline(room)).toBe("");
});

function lengthOf(bytes: Uint8Array): number[] {
  return bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
}
