/** Stock clients at different servers of one database, which are killed under them. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { addChild } from "~/map/commands";
import { modelOf } from "~/map/model";
import { nodesOf, ROOT, textOf } from "~/map/schema";
import { Gapmap, type Workshop } from "./gapmap";
import { expectSame, plain, treeOf } from "./same";
import { Script } from "./script";

/** Longer than a server's lease, and than the longest pause of a client that comes back. */
const PATIENCE = { timeout: 30_000, interval: 20 };

const scripts: Script[] = [];
const servers: Gapmap[] = [];
const providers: WebsocketProvider[] = [];

beforeAll(async () => {
  scripts.push(await Script.run("test-postgres.sh"), await Script.run("test-nats.sh"));
  const [database = "", nats = ""] = scripts.map((it) => it.address);
  const first = await Gapmap.start({ database, nats });
  servers.push(first, await first.beside());
});

afterAll(async () => {
  for (const provider of providers) provider.destroy();
  for (const server of servers) await server.stop();
  for (const script of scripts) await script.end();
});

function server(n: number): Gapmap {
  return servers[n] as Gapmap;
}

/** A client that knows nothing of us, at one of the servers. */
function stock({ map, tokens }: Workshop, who: number): WebsocketProvider {
  const provider = new WebsocketProvider(server(who).syncUrl, map, new Y.Doc(), {
    params: { token: tokens[who] ?? "" },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  providers.push(provider);
  return provider;
}

const textsOf = (doc: Y.Doc) =>
  [...modelOf(doc).walk()].map((node) => node.text).filter((text) => text !== "Live map");

it("stock clients go on at the other server when theirs is killed, and all have the same", async () => {
  const workshop = await server(0).workshop(2);
  const people = [stock(workshop, 0), stock(workshop, 1)];
  const docs = people.map((it) => it.doc);
  const texts: string[] = [];
  const says = (who: number, text: string) => {
    const doc = docs[who] as Y.Doc;
    texts.push(text);
    return addChild(doc, workshop.authors[who] ?? { id: "" }, ROOT, text);
  };
  const agree = () =>
    vi.waitFor(() => {
      for (const doc of docs) expect(textsOf(doc).sort()).toEqual([...texts].sort());
      expectSame(docs);
    }, PATIENCE);
  await vi.waitFor(() => {
    for (const doc of docs) expect(nodesOf(doc).has(ROOT)).toBe(true);
  }, PATIENCE);

  // Each of the two is the map's owner once when it is killed.
  for (const killed of [0, 1]) {
    const spared = 1 - killed;
    const id = says(killed, `of ${killed}`);
    says(spared, `of ${spared}, at the same time as ${killed}`);
    await agree();
    for (const doc of docs) textOf(doc, id)?.insert(0, "!");
    texts[texts.indexOf(`of ${killed}`)] = `!!of ${killed}`;
    await agree();

    says(killed, `the last words at ${killed}`);
    await server(killed).kill();
    says(killed, `without a server, by ${killed}`);
    says(spared, `while ${killed} is gone`);
    // What a proxy does for a client that comes back by itself.
    for (const it of people) it.serverUrl = server(spared).syncUrl;
    await agree();
    expect(plain(await server(spared).tree(workshop.map))).toEqual(treeOf(docs[0] as Y.Doc));

    await server(killed).serve();
    const other = people[killed] as WebsocketProvider;
    other.disconnect();
    other.serverUrl = server(killed).syncUrl;
    other.connect();
    says(killed, `back at ${killed}`);
    await agree();
  }
}, 180_000);
