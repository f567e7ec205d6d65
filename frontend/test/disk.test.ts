// @vitest-environment node
/** A browser whose database is slow, or goes away in the middle: nothing is lost, nor claimed to be safe. */
import { IDBDatabase, IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { addChild } from "~/map/commands";
import { modelOf } from "~/map/model";
import { ROOT } from "~/map/schema";
import { REMOTE } from "~/sync/conversation";
import { forgetOffline } from "~/sync/device";
import { LocalCopy } from "~/sync/localCopy";
import { type OfflineStore, openOfflineStore } from "~/sync/offline";
import type { RoomClient } from "~/sync/RoomClient";
import { StatusKeeper } from "~/sync/status";
import { AUTHOR, copyOf, newMap, outlineOf } from "./maps";
import { Browser, eventually, say, until } from "./rooms";
import { type ServedMap, TestServer } from "./server";

let server: TestServer;
let factory: IDBFactory;
let browser: Browser;
let map: ServedMap;

beforeEach(async () => {
  server = await TestServer.start();
  map = server.map("m");
  factory = new IDBFactory();
  browser = new Browser({ factory });
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await browser.close();
  await server.stop();
});

/** From now on nobody reaches the server. */
async function loseNetwork(room: RoomClient): Promise<void> {
  map.faults.closeWith = 4503;
  map.cut();
  await until(room, { phase: "offline" });
}

/** What phones do with pages in the background. */
function closeDatabase(): void {
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(() => {
    throw new DOMException("The database connection is closing", "InvalidStateError");
  });
}

/** A disk on which the database opens when it is told to. */
function slowDisk(): { factory: IDBFactory; wake: () => void } {
  let wake = () => {};
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const open = (name: string, version: number) => {
    const request: Record<string, unknown> = {};
    void awake.then(() => {
      const real = factory.open(name, version);
      const pass = (event: string) => () => {
        request.result = real.result;
        (request[event] as () => void)();
      };
      real.onupgradeneeded = pass("onupgradeneeded");
      real.onsuccess = pass("onsuccess");
    });
    return request;
  };
  return { factory: { open } as unknown as IDBFactory, wake };
}

it("a database that goes away in the middle is opened again, and has what was written meanwhile", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  say(room, "before");
  closeDatabase();
  say(room, "meanwhile");
  await until(room, { keptOnDevice: false });
  await until(room, { keptOnDevice: true });
  say(room, "after");
  await browser.close();

  const again = await browser.open(server.url, "m", "ann");

  await until(again, { loaded: true, phase: "offline", unsent: 3 });
  expect(outlineOf(modelOf(again.doc))).toBe("before\nmeanwhile\nafter\n");
});

it("a copy whose database was away while others wrote has their words once it is back", async () => {
  const [room, ben] = [
    await browser.enter(server.url, "m", "ann"),
    await new Browser({ isPrivate: true }).enter(server.url, "m", "ben"),
  ];
  await until(room, { keptOnDevice: true });
  const lost = new Promise((resolve) => {
    const stop = room.subscribe(() => room.status.keptOnDevice || resolve(stop()));
  });
  closeDatabase();
  say(ben, "while away");
  await lost;
  await until(room, { keptOnDevice: true });
  await ben.destroy();
  await loseNetwork(room);
  await browser.close();

  const again = await browser.open(server.url, "m", "ann");

  await until(again, { loaded: true });
  expect(outlineOf(modelOf(again.doc))).toContain("while away");
});

it("a copy is folded also where somebody always writes", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const [fold, nothing] = [vi.fn(), () => {}];
  const store = { isLong: true, isKept: true, aside: [], load: async () => null, fold };
  const calls = { onChange: nothing, onOpen: nothing, addRemote: nothing };
  const [doc, status] = [newMap(), new StatusKeeper()];
  const copy = new LocalCopy({
    ...{ mapId: "m", doc, status, send: nothing },
    store: { ...store, ...calls } as unknown as OfflineStore,
  });
  await copy.open();
  status.set({ synced: true });
  const there = copyOf(doc);
  there.on("update", (update) => Y.applyUpdate(doc, update, REMOTE));

  for (let second = 0; second < 60; second++) {
    addChild(there, AUTHOR, ROOT, "on and on");
    vi.advanceTimersByTime(1_000);
  }

  expect(fold.mock.calls.length).toBeGreaterThan(5);
});

it("words set aside while the database was away are there on the next visit", async () => {
  const store = await openOfflineStore("m", factory);
  const copy = { epoch: 1, participant: "ann" };
  store.onOpen(() => void store.keepAs(copy));
  await store.keepAs(copy);
  closeDatabase();
  await store.setAside(false, () => [{ node: "n", under: "", text: "refused", note: "" }]);
  await eventually(() => expect(store.isKept).toBe(true));
  await store.close();

  const again = await browser.enter(server.url, "m", "ann");

  await until(again, { setAside: 1 });
  expect(again.aside).toMatchObject([{ text: "refused" }]);
});

it("a database that stays away is not opened again and again, and the page says that it keeps nothing", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  const open = vi.spyOn(factory, "open").mockImplementation(() => {
    throw new DOMException("no", "UnknownError");
  });
  closeDatabase();

  for (const text of ["one", "two", "three", "four", "five"]) {
    say(room, text);
    // Each on its own, as with a breath between them.
    room.unsentWords();
    await until(room, { keptOnDevice: false });
  }

  expect(room.status.unsent).toBe(5);
  expect(open).toHaveBeenCalledTimes(1);
  expect(room.status.keptOnDevice).toBe(false);
});

it("what an older page left on a slow disk is sent when it is read, and until then nothing is called saved", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  say(room, "left on the disk");
  await browser.close();
  map.faults.closeWith = null;
  const disk = slowDisk();
  browser = new Browser({ factory: disk.factory, diskPatience: 5 });

  const again = await browser.enter(server.url, "m", "ann");
  expect(again.status).toMatchObject({ unsent: 0, recalled: false });
  say(again, "written meanwhile");
  disk.wake();

  await until(again, { recalled: true, unsent: 0, keptOnDevice: true });
  const lines = outlineOf(modelOf(map.doc)).trim().split("\n");
  expect(lines.sort()).toEqual(["left on the disk", "written meanwhile"]);
  expect(again.status.generation).toBe(0);
});

it("a slow disk has the whole map, too, for when the network is gone", async () => {
  addChild(map.doc, AUTHOR, ROOT, "was there");
  const disk = slowDisk();
  browser = new Browser({ factory: disk.factory, diskPatience: 5 });
  const room = await browser.enter(server.url, "m", "ann");
  disk.wake();
  await until(room, { recalled: true, keptOnDevice: true });
  await loseNetwork(room);
  await browser.close();

  const again = await browser.open(server.url, "m", "ann");

  await until(again, { loaded: true });
  expect(outlineOf(modelOf(again.doc))).toBe("was there\n");
});

it("a slow disk with another history on it mixes nothing into the map, and its words are offered", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  say(room, "of the old map");
  await browser.close();
  map.faults.closeWith = null;
  map.epoch = 2;
  const disk = slowDisk();
  browser = new Browser({ factory: disk.factory, diskPatience: 5 });

  const again = await browser.enter(server.url, "m", "ann");
  disk.wake();

  await until(again, { recalled: true, setAside: 1, unsent: 0 });
  expect(again.aside).toMatchObject([{ text: "of the old map" }]);
  expect(outlineOf(modelOf(map.doc))).toBe("");
});

it("a slow disk shows its copy of the map while the server is away, when it is read", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  say(room, "not sent");
  await browser.close();
  const disk = slowDisk();
  browser = new Browser({ factory: disk.factory, diskPatience: 5 });
  const again = await browser.open(server.url, "m", "ann");
  await until(again, { phase: "offline", loaded: false });

  disk.wake();

  await until(again, { loaded: true, unsent: 1 });
  map.faults.closeWith = null;
  await until(again, { unsent: 0, synced: true });
  expect(outlineOf(modelOf(map.doc))).toBe("not sent\n");
});

it("a slow disk is emptied when it opens, where somebody signed out meanwhile, and has what the next one writes", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  say(room, "ann's own");
  await browser.close();
  const disk = slowDisk();
  await forgetOffline(null, disk.factory, 5);
  browser = new Browser({ factory: disk.factory, diskPatience: 5 });
  map.faults.closeWith = null;
  const next = await browser.enter(server.url, "m", "ben");
  await loseNetwork(next);
  say(next, "ben's");

  disk.wake();

  await until(next, { recalled: true, keptOnDevice: true });
  await browser.close();
  expect(await browser.unsent()).toBe(1);
});

describe("a browser that keeps nothing", () => {
  it("still has what was not sent when one comes back to the map within the app", async () => {
    browser = new Browser({ isPrivate: true });
    const room = await browser.enter(server.url, "m", "ann");
    await loseNetwork(room);
    say(room, "on another page of the app meanwhile");
    await room.destroy();
    expect(await browser.unsent()).toBe(1);

    const again = await browser.open(server.url, "m", "ann", {}, "ann");
    await until(again, { loaded: true, phase: "offline", unsent: 1 });
    map.faults.closeWith = null;

    await until(again, { unsent: 0, synced: true });
    expect(outlineOf(modelOf(map.doc))).toBe("on another page of the app meanwhile\n");
    await again.destroy();
    expect(await browser.unsent()).toBe(0);
  });

  it("offers it where the map was rebuilt meanwhile, also to who leaves and comes back once more", async () => {
    browser = new Browser({ isPrivate: true });
    const room = await browser.enter(server.url, "m", "ann");
    await loseNetwork(room);
    say(room, "of the old map");
    await room.destroy();
    map.faults.closeWith = null;
    map.epoch = 2;

    const again = await browser.open(server.url, "m", "ann", {}, "ann");
    await until(again, { epoch: 2, synced: true, setAside: 1 });
    await again.destroy();
    const last = await browser.open(server.url, "m", "ann", {}, "ann");

    await until(last, { synced: true, setAside: 1 });
    expect(last.takeAside()).toMatchObject([{ text: "of the old map" }]);
    expect(outlineOf(modelOf(map.doc))).toBe("");
  });

  it("shows nothing of it to somebody else, and forgets it when one signs out", async () => {
    browser = new Browser({ isPrivate: true });
    const room = await browser.enter(server.url, "m", "ann");
    await loseNetwork(room);
    say(room, "ann's own");
    await room.destroy();

    const other = await browser.open(server.url, "m", "ben", {}, "ben");
    await until(other, { phase: "offline" });
    expect(other.status).toMatchObject({ loaded: false, unsent: 0 });
    await forgetOffline(null);

    expect(await browser.unsent()).toBe(0);
  });
});
