/** Random edits by several people over bad networks, through crashes of the server: all agree. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type * as Y from "yjs";
import { createUndo } from "~/map/commands";
import type { RoomClient } from "~/sync/RoomClient";
import { seeded } from "../random";
import { Browser, until } from "../rooms";
import { editAtRandom } from "./edits";
import { FlakyNetwork } from "./flaky";
import { Gapmap } from "./gapmap";
import { expectSame, plain, treeOf } from "./same";

const N_PEOPLE = 4;
const N_EDITS = 400;
/** More than these by LIVE_SEEDS, to look for what happens once in a hundred times. */
const SEEDS = Array.from({ length: Number(process.env.LIVE_SEEDS ?? 3) }, (_, n) => n + 1);
const PATIENCE = { silence: 300, answer: 300, opening: 2_000 };

let server: Gapmap;
let networks: FlakyNetwork[];
let browsers: Browser[];

beforeEach(async () => {
  server = await Gapmap.start();
  networks = [];
  browsers = [];
});

afterEach(async () => {
  for (const browser of browsers) await browser.close();
  for (const network of networks) await network.close();
  await server.stop();
});

/** Somebody at work, behind a network of their own. */
interface Person {
  readonly network: FlakyNetwork;
  readonly browser: Browser;
  readonly token: string;
  room: RoomClient;
  undo: Y.UndoManager;
}

async function arrive(map: string, token: string): Promise<Person> {
  const network = await FlakyNetwork.before(server.tcpPort);
  const browser = new Browser();
  networks.push(network);
  browsers.push(browser);
  const room = await browser.open(network.syncUrl, map, token, PATIENCE);
  await until(room, { synced: true });
  return { network, browser, token, room, undo: createUndo(room.doc) };
}

/** Something goes wrong, or right again. */
async function disturb(person: Person, map: string, random: () => number): Promise<void> {
  const { network } = person;
  const what = random();
  if (what < 0.3) network.cut();
  else if (what < 0.45) network.delay = () => random() * 40;
  else if (what < 0.55) network.isStalled = true;
  else if (what < 0.65) {
    network.isDown = true;
    network.cut();
  } else if (what < 0.75) {
    // A reload in the middle of it all.
    await person.browser.close();
    person.room = await person.browser.open(network.syncUrl, map, person.token, PATIENCE);
    person.undo = createUndo(person.room.doc);
  } else network.heal();
}

it.each(SEEDS)(
  "everybody ends up with the same map (seed %i)",
  async (seed) => {
    const random = seeded(seed);
    const { map, tokens } = await server.workshop(N_PEOPLE);
    const people: Person[] = [];
    for (const token of tokens) people.push(await arrive(map, token));

    for (let n = 0; n < N_EDITS; n++) {
      const person = people[Math.floor(random() * people.length)] as Person;
      editAtRandom(person.room, random);
      if (random() < 0.05) person.undo.undo();
      if (random() < 0.1) await disturb(person, map, random);
      if (n === Math.floor(N_EDITS / 2)) {
        await server.kill();
        editAtRandom(person.room, random);
        await server.serve();
      }
      // People pause between edits, and only then do the edits of others come in.
      await new Promise((resolve) => setTimeout(resolve, random() * 10));
    }
    for (const { network } of people) network.heal();
    for (const { room } of people) await until(room, { unsent: 0, synced: true });

    const late = await new Browser().enter(server.syncUrl, map, tokens[0] ?? "");
    const docs = [...people.map(({ room }) => room.doc), late.doc];
    await vi.waitFor(() => expectSame(docs), { timeout: 20_000, interval: 200 });
    expect(plain(await server.tree(map))).toEqual(treeOf(late.doc));
    expect(people.map(({ room }) => room.status.lastNack)).toEqual(people.map(() => null));
    expect(people.map(({ room }) => room.status.generation)).toEqual(people.map(() => 0));
    await late.destroy();
  },
  180_000,
);
