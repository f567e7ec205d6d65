/** Many people in one session: a round of each kind, and a server that dies while all of them type. */
import { setTimeout as moment } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { addChild } from "~/map/commands";
import { ROOT, textOf } from "~/map/schema";
import type { RoomClient } from "~/sync/RoomClient";
import { Browser, DEADLINE } from "../rooms";
import { Gapmap, type Workshop } from "./gapmap";
import { expectSame } from "./same";

/** As in a small room; more by LIVE_PEOPLE, as in a large one. */
const N_PEOPLE = Number(process.env.LIVE_PEOPLE ?? 12);
const N_SENTENCES = 3;
const sentences = Array.from({ length: N_SENTENCES }, (_, n) => n);
/** All of them are in this one process. */
const DEADLINE_OF_ALL = { ...DEADLINE, timeout: Math.ceil(N_PEOPLE / 12) * DEADLINE.timeout };
const PLANS = [
  { title: "Gather", method: "collect" },
  { title: "Alone", method: "silent" },
  { title: "Read", method: "reveal" },
  { title: "Choose", method: "vote", votes: 3 },
  { title: "Talk", method: "discuss" },
];

const everybody = Array.from({ length: N_PEOPLE }, (_, who) => who);
const browsers: Browser[] = [];
let server: Gapmap;
let workshop: Workshop;
let rooms: RoomClient[];
let rounds: readonly { readonly id: string }[];

beforeAll(async () => {
  server = await Gapmap.start();
  workshop = await server.workshop(N_PEOPLE);
  const agenda = { version: 1, rounds: PLANS };
  const made = await server.post(`sessions/${workshop.session}/rounds`, agenda, undefined, "PUT");
  rounds = made.rounds as typeof rounds;
  rooms = await Promise.all(everybody.map(enter));
  await step("start");
});

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await server.stop();
});

function enter(who: number): Promise<RoomClient> {
  const browser = new Browser();
  browsers.push(browser);
  return browser.enter(server.syncUrl, workshop.map, workshop.tokens[who] ?? "");
}

const step = (action: string) => server.post(`sessions/${workshop.session}/round`, { action });

const eventually = (assertion: () => void | Promise<void>) =>
  vi.waitFor(assertion, DEADLINE_OF_ALL);

/** What stands under the central topic, for the server. */
const said = async () => (await server.tree(workshop.map)).children.map(({ text }) => text);

/** Writes some ideas letter by letter. */
async function type({ doc }: RoomClient, who: number): Promise<void> {
  const author = workshop.authors[who] ?? { id: "" };
  for (const n of sentences) {
    const text = textOf(doc, addChild(doc, author, ROOT, ""));
    for (const letter of sentence(who, n)) {
      text?.insert(text.length, letter);
      await moment(10 + Math.random() * 30);
    }
  }
}

const sentence = (who: number, n: number) => `What ${who} misses at the border, ${n}`;
const idea = (who: number) => `What ${who} says to nobody yet`;
const each = <T>(make: (who: number) => T) => everybody.map(make);

it(
  "everybody's words are there when the server died while all of them typed",
  async () => {
    const typing = Promise.all(rooms.map(type));
    await eventually(async () => expect(await said()).toContain(sentence(0, 0)));
    await server.kill();
    await server.serve();
    await typing;

    for (const room of rooms) {
      await eventually(() => expect(room.status).toMatchObject({ synced: true, unsent: 0 }));
    }
    await eventually(() => expectSame(rooms.map(({ doc }) => doc)));
    const wanted = everybody.flatMap((who) => sentences.map((n) => sentence(who, n)));
    expect((await said()).sort()).toEqual(wanted.sort());
  },
  4 * DEADLINE_OF_ALL.timeout,
);

it(
  "what all write alone is seen by nobody, and then all of it by everybody",
  async () => {
    await step("next");
    const ideas = `rounds/${rounds[1]?.id}/ideas`;
    const write = (who: number) =>
      server.post(ideas, { id: crypto.randomUUID(), text: idea(who) }, workshop.tokens[who]);
    await Promise.all(each(write));
    expect(await said()).toHaveLength(N_PEOPLE * N_SENTENCES);

    await step("next");
    await server.post(`rounds/${rounds[1]?.id}/reveal`, { map: workshop.map, node: null });

    await eventually(() => expectSame(rooms.map(({ doc }) => doc)));
    expect(await said()).toHaveLength(N_PEOPLE * (N_SENTENCES + 1));
    expect(await said()).toEqual(expect.arrayContaining(each(idea)));
  },
  4 * DEADLINE_OF_ALL.timeout,
);

it(
  "the votes that all give at once are all counted",
  async () => {
    await step("next");
    const [first, second] = (await server.tree(workshop.map)).children;
    const vote = async (who: number) => {
      const give = (node = "", n: number) =>
        server.post(`rounds/${rounds[3]?.id}/votes`, { node, n }, workshop.tokens[who], "PUT");
      await Promise.all([give(first?.id, 2), give(second?.id, 1)]);
    };
    await Promise.all(each(vote));
    await step("next");

    const counted = (await server.tree(workshop.map)).children.map(({ votes }) => votes);
    expect(counted.slice(0, 2)).toEqual([2 * N_PEOPLE, N_PEOPLE]);
  },
  4 * DEADLINE_OF_ALL.timeout,
);
