/** A server that was brought back from a backup, and pages that know more than it does. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { addChild } from "~/map/commands";
import { modelOf } from "~/map/model";
import { ROOT, textOf } from "~/map/schema";
import type { RoomClient } from "~/sync/RoomClient";
import { outlineOf } from "../maps";
import { Browser, eventually, until } from "../rooms";
import { Gapmap } from "./gapmap";

const NOBODY = { id: "" };

let server: Gapmap;

beforeAll(async () => {
  server = await Gapmap.start();
});

afterAll(async () => {
  await server.stop();
});

it("goes on with those who were there, and offers them every word that it has lost", async () => {
  const { map, tokens, authors } = await server.workshop(2);
  const browsers = tokens.map((token) => ({ token, browser: new Browser() }));
  const enterAll = () =>
    Promise.all(browsers.map(({ token, browser }) => browser.enter(server.syncUrl, map, token)));
  const closeAll = () => Promise.all(browsers.map(({ browser }) => browser.close()));
  const [a = NOBODY, b = NOBODY] = authors;
  const [ann, ben] = (await enterAll()) as [RoomClient, RoomClient];
  const old = addChild(ann.doc, a, ROOT, "in the backup");
  await until(ann, { unsent: 0 });
  const backup = server.backUp();
  const one = addChild(ann.doc, a, old, "ann's");
  await eventually(() => expect(modelOf(ben.doc).node(one)).toBeDefined());
  textOf(ben.doc, old)?.insert(0, "still ");
  const two = addChild(ben.doc, b, one, "ben's below it");
  await eventually(() => expect(modelOf(ann.doc).node(two)).toBeDefined());
  await closeAll();

  await server.kill();
  server.restore(backup);
  await server.serve();
  const rooms = await enterAll();

  for (const room of rooms) {
    await until(room, { phase: "open", synced: true, unsent: 0, setAside: 3 });
    const lost = ["still in the backup", "ann's", "ben's below it"];
    expect(room.aside.map(({ text }) => text)).toEqual(lost);
    addChild(room.doc, { id: room.status.participant ?? "" }, old, "after it");
  }
  for (const room of rooms) {
    const outline = "in the backup\n\tafter it\n\tafter it\n";
    await eventually(() => expect(outlineOf(modelOf(room.doc))).toBe(outline));
    await until(room, { unsent: 0 });
  }
  await closeAll();
});
