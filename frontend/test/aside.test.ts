// @vitest-environment node
/** What could not go into the map: none of its words is lost, whatever happens around it. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { addChild } from "~/map/commands";
import { ROOT } from "~/map/schema";
import type { RoomClient } from "~/sync/RoomClient";
import { AUTHOR } from "./maps";
import { Browser, until } from "./rooms";
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

function say(room: RoomClient, text: string): string {
  return addChild(room.doc, AUTHOR, ROOT, text);
}

/** From now on the server takes nothing of Ann's. */
function refuseAnn(): void {
  server.map("m").faults.refuse = (_, seat) => (seat.participant === "ann" ? "locked" : null);
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

it("what is refused later is counted beside what still waits for its author", async () => {
  const room = await browser.enter(server.url, "m", "ann");
  refuseAnn();
  say(room, "first");
  await until(room, { setAside: 1, synced: true, unsent: 0 });

  say(room, "second");

  await until(room, { setAside: 2, synced: true, unsent: 0 });
  expect(room.aside.map(({ text }) => text)).toEqual(["first", "second"]);
});
