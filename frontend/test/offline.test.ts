// @vitest-environment node
import { IDBDatabase, IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { paste } from "~/map/commands";
import { modelOf } from "~/map/model";
import { parseOutline } from "~/map/outlineText";
import { ROOT } from "~/map/schema";
import { forgetOffline, unsentOffline } from "~/sync/device";
import { type OfflineStore, openOfflineStore } from "~/sync/offline";
import { GATHER_MS, newKey } from "~/sync/outbox";
import type { RoomClient } from "~/sync/RoomClient";
import { AUTHOR, newMap, outlineOf } from "./maps";
import { Browser, eventually, say, until } from "./rooms";
import { TestServer } from "./server";

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

function outline(room: RoomClient): string {
  return outlineOf(modelOf(room.doc));
}

function served(): string {
  return outlineOf(modelOf(server.map("m").doc));
}

/** From now on nobody reaches the server. */
async function loseNetwork(...rooms: RoomClient[]): Promise<void> {
  const lost = rooms.map((room) => until(room, { phase: "offline" }));
  server.map("m").faults.closeWith = 4503;
  server.map("m").cut();
  await Promise.all(lost);
}

it("a reload without network shows the map as it was, and what was done since, and loses none of it", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  say(room, "saved");
  await until(room, { unsent: 0 });
  await loseNetwork(room);
  say(room, "not saved");
  say(room, "nor this");
  await browser.close();

  const again = await browser.open(server.url, "m", "ann");
  await until(again, { loaded: true, phase: "offline" });
  expect(outline(again)).toBe("saved\nnot saved\nnor this\n");
  expect(again.status).toMatchObject({ epoch: 1, synced: false });
  expect(again.status.unsent).toBeGreaterThan(0);

  server.map("m").faults.closeWith = null;
  await until(again, { unsent: 0, synced: true });
  expect(served()).toBe("saved\nnot saved\nnor this\n");
  expect(server.map("m").visits.at(-1)?.get("epoch")).toBe("1");
});

it("a reload without network counts as unsent only what the server has not acknowledged", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  say(room, "saved");
  await until(room, { unsent: 0 });
  await browser.close();
  server.map("m").faults.closeWith = 4503;

  const again = await browser.open(server.url, "m", "ann");

  await until(again, { loaded: true, phase: "offline" });
  expect(again.status.unsent).toBe(0);
});

it("a reload without network shows what others did, too", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  const elsewhere = new Browser();
  say(await elsewhere.enter(server.url, "m", "ben"), "from ben");
  await eventually(() => expect(outline(room)).toBe("from ben\n"));
  await browser.close();
  await elsewhere.close();
  server.map("m").faults.closeWith = 4503;

  const again = await browser.open(server.url, "m", "ann");

  await until(again, { loaded: true });
  expect(outline(again)).toBe("from ben\n");
});

it("a reload without network of more work than the server takes at once ends with all of it there", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  const branches = Array.from({ length: 8 }, (_, n) => `branch ${n} ${"x".repeat(60)}`);
  for (const branch of branches) {
    const start = performance.now();
    paste(room.doc, AUTHOR, ROOT, parseOutline(`${branch}\n`.repeat(60)));
    // Edits that follow one another closely make one frame; these do not.
    await eventually(() => expect(performance.now() - start).toBeGreaterThan(GATHER_MS + 5));
  }
  await browser.close();
  server.map("m").faults.closeWith = null;

  const again = await browser.open(server.url, "m", "ann");
  await until(again, { unsent: 0, synced: true });

  expect(modelOf(server.map("m").doc).size).toBe(481);
  expect(again.status.generation).toBe(0);
});

it("a reload without network into another epoch offers what was not sent", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  say(room, "left over");
  await browser.close();
  server.map("m").faults.closeWith = null;
  server.map("m").beginEpoch();

  const again = await browser.open(server.url, "m", "ann");
  await until(again, { epoch: 2, synced: true, setAside: 1, unsent: 0 });
  await browser.close();
  const later = await browser.enter(server.url, "m", "ann");

  expect(outline(later)).toBe("");
  await until(later, { setAside: 1 });
  expect(later.takeAside()).toMatchObject([{ text: "left over", under: "Map" }]);
  await browser.close();
  const last = await browser.enter(server.url, "m", "ann");
  expect(last.status.setAside).toBe(0);
});

describe("two tabs of one person", () => {
  it("both keep what they did offline", async () => {
    const tabs = [
      await browser.enter(server.url, "m", "ann"),
      await browser.enter(server.url, "m", "ann"),
    ] as const;
    await loseNetwork(...tabs);
    say(tabs[0], "first tab");
    say(tabs[1], "second tab");
    await browser.close();

    const again = await browser.open(server.url, "m", "ann");
    await until(again, { loaded: true, unsent: 2 });
    expect(outline(again).split("\n").sort().join()).toBe(",first tab,second tab");
    server.map("m").faults.closeWith = null;
    await until(again, { unsent: 0, synced: true });
    expect(served()).toBe(outline(again));
  });

  it("one of them leaves alone what the other has not sent, when it folds its own", async () => {
    const factory = new IDBFactory();
    const [one, two] = [await openOfflineStore("m", factory), await openOfflineStore("m", factory)];
    const copy = { epoch: 1, participant: "ann" };
    await one.keepAs(copy);
    await two.keepAs(copy);
    two.add({ key: newKey(), update: Uint8Array.of(2), touched: ["n"] });
    one.fold(Uint8Array.of(1));
    await Promise.all([one.written(), two.written()]);

    const kept = await (await openOfflineStore("m", factory)).load();

    expect(kept?.updates).toEqual([Uint8Array.of(1)]);
    expect(kept?.entries).toMatchObject([{ update: Uint8Array.of(2), touched: ["n"] }]);
  });
});

describe("another participant on the same computer", () => {
  it("neither sees nor sends what the first left unsent, who still finds it", async () => {
    const room = await browser.enter(server.url, "m", "ann");
    await loseNetwork(room);
    say(room, "ann's own");
    await browser.close();
    server.map("m").faults.closeWith = null;

    const other = await browser.open(server.url, "m", "ben");
    await until(other, { participant: "ben", synced: true, unsent: 0 });
    expect(outline(other)).toBe("");
    expect(other.status.setAside).toBe(0);
    say(other, "ben's");
    await until(other, { unsent: 0 });
    await browser.close();

    const back = await browser.open(server.url, "m", "ann");
    await until(back, { participant: "ann", synced: true });
    await eventually(() => expect(served().split("\n").sort().join()).toBe(",ann's own,ben's"));
    await until(back, { unsent: 0 });
  });
});

it("nothing of another participant's is shown, nor written on, while the server is away", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  await loseNetwork(room);
  say(room, "ann's own");
  await browser.close();

  const other = await browser.open(server.url, "m", "ben", {}, "ben");
  await until(other, { phase: "offline" });
  expect(other.status).toMatchObject({ loaded: false, unsent: 0, participant: null });
  expect(outline(other)).toBe("");

  server.map("m").faults.closeWith = null;
  await until(other, { participant: "ben", synced: true, generation: 0 });
});

describe("without a place to keep things", () => {
  it("the room works, says that it keeps nothing, and offers set-aside work all the same", async () => {
    await browser.close();
    browser = new Browser({ isPrivate: true });
    const room = await browser.enter(server.url, "m", "ann");
    expect(room.status.keptOnDevice).toBe(false);
    await loseNetwork(room);
    say(room, "kept in memory");
    server.map("m").faults.closeWith = null;
    await until(room, { unsent: 0 });
    server.map("m").faults.isMute = true;
    say(room, "too late");
    server.map("m").faults.isMute = false;

    server.map("m").beginEpoch();

    await until(room, { epoch: 2, synced: true, setAside: 1 });
    expect(room.takeAside()).toMatchObject([{ text: "too late" }]);
  });

  it("goes on in memory when the disk is full, and says so", async () => {
    const factory = new IDBFactory();
    const store = await openOfflineStore("m", factory);
    await store.keepAs({ epoch: 1, participant: "ann" });
    const told = vi.fn();
    store.onChange(told);
    const full = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const { IDBObjectStore } = await import("fake-indexeddb");
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(full);
    store.add({ key: newKey(), update: Uint8Array.of(1), touched: [] });
    await store.written();
    put.mockRestore();

    expect(store.isKept).toBe(false);
    expect(told).toHaveBeenCalled();
    await expect(store.load()).resolves.toBeNull();
  });

  it("goes on in memory when the disk is full, however many writes that stops at once", async () => {
    const store = await openOfflineStore("m", new IDBFactory());
    await store.keepAs({ epoch: 1, participant: "ann" });
    const { IDBObjectStore } = await import("fake-indexeddb");
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    for (const byte of [1, 2]) {
      store.add({ key: newKey(), update: Uint8Array.of(byte), touched: [] });
      store.hurry();
    }

    await store.written();
    put.mockRestore();

    expect(store.isKept).toBe(false);
    await store.setAside(false, () => [{ node: "n", under: "", text: "still offered", note: "" }]);
    expect(store.aside).toMatchObject([{ text: "still offered" }]);
  });
});

describe("the store", () => {
  it("folds what the server has into one row, and keeps what it has not", async () => {
    const factory = new IDBFactory();
    const store = await openOfflineStore("m", factory);
    await store.keepAs({ epoch: 1, participant: "ann" });
    const entries = Array.from({ length: 300 }, (_, n) => {
      return { key: newKey(), update: Uint8Array.of(n % 256), touched: [] };
    });
    for (const entry of entries) store.add(entry);
    expect(store.isLong).toBe(false);
    store.settle(entries.slice(1));
    expect(store.isLong).toBe(true);

    store.fold(Uint8Array.of(7));

    expect(store.isLong).toBe(false);
    await store.close();
    const kept = await (await openOfflineStore("m", factory)).load();
    expect(kept?.updates).toEqual([Uint8Array.of(7)]);
    expect(kept?.entries.map(({ update }) => update)).toEqual([Uint8Array.of(0)]);
  });

  it("keeps maps, epochs and participants apart", async () => {
    const factory = new IDBFactory();
    const keep = async (map: string, epoch: number, participant: string, byte: number) => {
      const store = await openOfflineStore(map, factory);
      await store.keepAs({ epoch, participant });
      store.add({ key: newKey(), update: Uint8Array.of(byte), touched: [] });
      await store.close();
    };
    await keep("m", 1, "ann", 1);
    await keep("n", 1, "ann", 2);
    await keep("m", 2, "ann", 3);
    await keep("m", 1, "ben", 4);

    const found = async (map: string, epoch: number, participant: string) => {
      const store = await openOfflineStore(map, factory);
      const kept = (await store.keepAs({ epoch, participant })) ?? { entries: [] };
      await store.close();
      return kept.entries.flatMap(({ update }) => [...update]);
    };
    expect(await found("m", 1, "ann")).toEqual([1]);
    expect(await found("n", 1, "ann")).toEqual([2]);
    expect(await found("m", 2, "ann")).toEqual([3]);
    expect(await found("m", 1, "ben")).toEqual([4]);
    expect(await found("n", 2, "ann")).toEqual([]);
  });

  it("can be emptied, for whoever uses the computer next", async () => {
    const factory = new IDBFactory();
    const store: OfflineStore = await openOfflineStore("m", factory);
    await store.keepAs({ epoch: 1, participant: "ann" });
    store.addRemote(Y.encodeStateAsUpdate(newMap()));
    await store.close();

    await forgetOffline(null, factory);

    expect(await (await openOfflineStore("m", factory)).load()).toBeNull();
  });
});

it("can forget one map, and keep what waits to be sent to another", async () => {
  const factory = new IDBFactory();
  for (const map of ["m", "mm"]) {
    const store = await openOfflineStore(map, factory);
    await store.keepAs({ epoch: 1, participant: "ann" });
    await store.setAside(false, () => [{ node: "n", under: "", text: map, note: "" }]);
    store.add({ key: `of ${map}`, update: new Uint8Array([1]), touched: [] });
    await store.close();
  }

  expect(await unsentOffline(factory)).toBe(4);

  await forgetOffline("m", factory);

  expect(await unsentOffline(factory)).toBe(2);
  const [gone, kept] = [
    await openOfflineStore("m", factory),
    await openOfflineStore("mm", factory),
  ];
  expect(await gone.load()).toBeNull();
  expect(await gone.keepAs({ epoch: 1, participant: "ann" })).toMatchObject({ entries: [] });
  expect(gone.aside).toEqual([]);
  expect((await kept.load())?.entries.map(({ key }) => key)).toEqual(["of mm"]);
  expect(kept.aside.map(({ text }) => text)).toEqual(["mm"]);
});

it("a map that is left and opened again at once has what was written last", async () => {
  const factory = new IDBFactory();
  const copy = { epoch: 1, participant: "ann" };
  const next = await openOfflineStore("m", factory);
  const store = await openOfflineStore("m", factory);
  await store.keepAs(copy);
  for (const byte of [1, 2]) {
    store.add({ key: newKey(), update: Uint8Array.of(byte), touched: [] });
  }

  const closed = store.close();
  const kept = await next.load();

  expect(kept?.entries.map(({ update }) => [...update])).toEqual([[1], [2]]);
  await closed;
});

it("a page that is about to go writes all at once, and does not wait for its turn", async () => {
  const store = await openOfflineStore("m", new IDBFactory());
  await store.keepAs({ epoch: 1, participant: "ann" });
  const begun = vi.spyOn(IDBDatabase.prototype, "transaction");
  const update = new Uint8Array([1]);
  for (const key of ["first", "second"]) store.add({ key, update, touched: [] });
  expect(begun).toHaveBeenCalledTimes(1);
  store.hurry();
  expect(begun).toHaveBeenCalledTimes(2);
  begun.mockRestore();
  await store.written();
  expect((await store.load())?.entries.map(({ key }) => key)).toEqual(["first", "second"]);
  await store.close();
});
