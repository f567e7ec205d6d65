/** Our client and stock ones against the real server. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { addChild, move, paste } from "~/map/commands";
import { MapModel, modelOf } from "~/map/model";
import { parseOutline } from "~/map/outlineText";
import { nodesOf, ROOT, textOf } from "~/map/schema";
import { outlineOf } from "../maps";
import { Browser, eventually, until } from "../rooms";
import { Gapmap, type Workshop } from "./gapmap";
import { expectSame, plain, treeOf } from "./same";

let server: Gapmap;
const browsers: Browser[] = [];
const providers: WebsocketProvider[] = [];

beforeAll(async () => {
  server = await Gapmap.start();
});

afterAll(async () => {
  for (const provider of providers) provider.destroy();
  for (const browser of browsers) await browser.close();
  await server.stop();
});

async function enter({ map, tokens }: Workshop, who: number) {
  const browser = new Browser();
  browsers.push(browser);
  return browser.enter(server.syncUrl, map, tokens[who] ?? "");
}

/** In whose name somebody makes nodes. */
function by({ authors }: Workshop, who: number): { readonly id: string } {
  return authors[who] ?? { id: "" };
}

/** A client that knows nothing of us. */
async function stock({ map, tokens }: Workshop, who: number): Promise<Y.Doc> {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(server.syncUrl, map, doc, {
    params: { token: tokens[who] ?? "" },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  providers.push(provider);
  await eventually(() => expect(nodesOf(doc).has(ROOT)).toBe(true));
  return doc;
}

it("a new map has its title and root, and says who we are", async () => {
  const workshop = await server.workshop(1);
  const room = await enter(workshop, 0);

  expect(modelOf(room.doc).title).toBe("Live map");
  expect(modelOf(room.doc).node(ROOT)?.text).toBe("Live map");
  expect(room.status).toMatchObject({ phase: "open", role: "editor", epoch: 1, unsent: 0 });
  expect(room.status.participant).toMatch(/^[0-9a-f-]{36}$/);
  expect(room.status.limits.frame_bytes).toBeGreaterThan(0);
  expect(room.status.session).toMatchObject({ locked: false, epoch: 1 });
});

it("two of ours edit together, and the server reads what they read", async () => {
  const workshop = await server.workshop(2);
  const [ann, ben] = [await enter(workshop, 0), await enter(workshop, 1)];
  const [a] = paste(ann.doc, by(workshop, 0), ROOT, parseOutline("a\n\tb\n\tc\nd"));
  await eventually(() => expect(outlineOf(modelOf(ben.doc))).toBe("a\n\tb\n\tc\nd\n"));
  textOf(ben.doc, a ?? "")?.insert(1, "!");
  await until(ben, { unsent: 0 });
  await until(ann, { unsent: 0 });

  await eventually(() => expectSame([ann.doc, ben.doc]));
  expect(plain(await server.tree(workshop.map))).toEqual(treeOf(ann.doc));
});

it("what is acknowledged is there after the server was killed", async () => {
  const workshop = await server.workshop(2);
  const room = await enter(workshop, 0);
  for (let n = 0; n < 20; n++) addChild(room.doc, by(workshop, 0), ROOT, `idea ${n}`);
  await until(room, { unsent: 0 });
  await server.kill();
  await room.destroy();
  await server.serve();

  const other = await enter(workshop, 1);

  expectSame([room.doc, other.doc]);
  expect(modelOf(other.doc).size).toBe(21);
});

it("presence has the server's word on who somebody is", async () => {
  const workshop = await server.workshop(2);
  const [ann, ben] = [await enter(workshop, 0), await enter(workshop, 1)];
  ann.setPresence({ selected: "n1" });
  const id = ann.awareness.clientID;

  await eventually(() =>
    expect(ben.awareness.getStates().get(id)).toMatchObject({
      selected: "n1",
      user: { id: ann.status.participant, name: "Tester 0", role: "editor" },
    }),
  );
  await ann.destroy();
  await eventually(() => expect(ben.awareness.getStates().has(id)).toBe(false));
});

it("two stock clients read and write", async () => {
  const workshop = await server.workshop(2);
  const [one, two] = [await stock(workshop, 0), await stock(workshop, 1)];

  addChild(one, by(workshop, 0), ROOT, "from one");
  await eventually(() => expect(outlineOf(modelOf(two))).toBe("from one\n"));
  addChild(two, by(workshop, 1), ROOT, "from two");

  await eventually(() => expect(outlineOf(modelOf(one))).toBe("from one\nfrom two\n"));
  expectSame([one, two]);
});

it("a stock client and one of ours share a map", async () => {
  const workshop = await server.workshop(2);
  const [theirs, ours] = [await stock(workshop, 0), await enter(workshop, 1)];
  const a = addChild(theirs, by(workshop, 0), ROOT, "a");
  const b = addChild(ours.doc, by(workshop, 1), ROOT, "b");
  await eventually(() => expect(modelOf(ours.doc).node(a)).toBeDefined());
  await eventually(() => expect(modelOf(theirs).node(b)).toBeDefined());

  move(ours.doc, [a], b, null);
  textOf(theirs, b)?.insert(1, "!");

  await until(ours, { unsent: 0 });
  await eventually(() => expect(outlineOf(new MapModel(theirs))).toBe("b!\n\ta\n"));
  await eventually(() => expectSame([theirs, ours.doc]));
  expect(plain(await server.tree(workshop.map))).toEqual(treeOf(theirs));
});

it("a lock is told to all, and an edit made all the same is set aside", async () => {
  const workshop = await server.workshop(1);
  const room = await enter(workshop, 0);
  await server.setState(workshop.map, "locked");
  await eventually(() => expect(room.status.session?.locked).toBe(true));

  addChild(room.doc, by(workshop, 0), ROOT, "too late");

  await until(room, { generation: 1, synced: true, setAside: 1, unsent: 0 });
  expect(room.status.lastNack?.code).toBe("locked");
  expect(room.takeAside()).toMatchObject([{ text: "too late", under: "Live map" }]);
  expect(modelOf(room.doc).size).toBe(1);
});

it("who has no token is told so, and a map that is none too", async () => {
  const workshop = await server.workshop(1);
  const browser = new Browser();
  browsers.push(browser);

  const stranger = await browser.open(server.syncUrl, workshop.map, "not a token");
  await until(stranger, { phase: "refused", closeCode: 4401 });
  const nowhere = await browser.open(
    server.syncUrl,
    "0190aaaa-0000-7000-8000-000000000009",
    workshop.tokens[0] ?? "",
  );
  await until(nowhere, { phase: "refused", closeCode: 4404 });
});

it("a map of many small edits is entered at once", async () => {
  const workshop = await server.workshop(2);
  const writer = await stock(workshop, 0);
  for (let n = 0; n < 400; n++) addChild(writer, by(workshop, 0), ROOT, `idea ${n}`);
  await eventually(async () =>
    expect((await server.tree(workshop.map)).children).toHaveLength(400),
  );
  const browser = new Browser();
  browsers.push(browser);

  const late = await browser.open(server.syncUrl, workshop.map, workshop.tokens[1] ?? "");
  const phases = new Set<string>();
  late.subscribe(() => phases.add(late.status.phase));

  await eventually(() => expect(modelOf(late.doc).size).toBe(401));
  expect([...phases]).not.toContain("offline");
});

it("whatever a viewer changes is refused and taken back", async () => {
  const workshop = await server.workshop(1, "viewer");
  const room = await enter(workshop, 0);
  expect(room.status.role).toBe("viewer");
  textOf(room.doc, ROOT)?.delete(0, 5);

  await until(room, { generation: 1, synced: true });
  expect(room.status.lastNack?.code).toBe("read_only");
  expect(modelOf(room.doc).node(ROOT)?.text).toBe("Live map");
});
