/** A page that is loaded while the server is away: the app and the map come from what the browser has kept. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { Desk } from "./desk.mjs";
import {
  browse,
  Gapmap,
  KEEPS_APP,
  leave,
  person,
  saved,
  says,
  signIn,
  takeSeat,
  WIDE,
} from "./kit.mjs";

let server;
let browser;
let me;
let desk;
let workshop;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
});

after(async () => {
  await browser.close();
  await server.stop();
});

beforeEach(async () => {
  workshop = await server.workshop();
  me = await person(browser, { ...WIDE, ...KEEPS_APP });
  await takeSeat(me, server, workshop.code, "Heron-12");
  desk = await Desk.open(server, me, workshop.session, "One\nTwo");
});

afterEach(async () => {
  await leave(me);
  await server.kill();
  await server.serve();
});

/** Waits until the browser has put the web app by. */
const appIsKept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

/** How many rows of maps the browser has. */
const keptRows = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("gapmap-maps");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction("rows").objectStore("rows").count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );

describe("a page that is loaded while the server is away", () => {
  it("shows the map with what was written, takes more, and saves all of it later", async () => {
    await appIsKept(desk.page);
    await server.kill();
    await says(desk.page, /^Offline/);
    await desk.add("One", "Before the reload");
    await says(desk.page, /^Offline · unsent changes$/);
    await desk.page.reload();
    await desk.node("Before the reload").waitFor();
    await says(desk.page, /^Offline · unsent changes$/);
    // Where one was, with the keyboard in the map.
    await desk.isAt("Before the reload");
    await desk.keys("ArrowDown");
    await desk.isAt("Two");
    await desk.add("Two", "After the reload");
    await desk.page.getByRole("button", { name: "Outline" }).click();
    await desk.node("After the reload").waitFor();
    await server.serve();
    await saved(desk.page);
    await desk.holds("One\nBefore the reload\nTwo\nAfter the reload");
  });

  it("says that it has not got a map that was never opened here", async () => {
    await appIsKept(desk.page);
    const { id } = await server.api("POST", "maps", { session: workshop.session, title: "Other" });
    await server.kill();
    await desk.page.goto(`${server.url}/maps/${id}`);
    await desk.page.getByText("The server can't be reached").waitFor();
    await server.serve();
    await desk.page.getByRole("button", { name: "Try again" }).click();
    await desk.node("Other").waitFor();
  });

  it("has nothing to show any more to whoever comes after signing out", async () => {
    const account = await person(browser, { ...WIDE, ...KEEPS_APP });
    const page = await signIn(account, server);
    const mine = new Desk(server, page, desk.map);
    await mine.load();
    await saved(page);
    await appIsKept(page);
    await page.goto(server.url);
    await page.getByRole("button", { name: "Account: Ines Marek" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).first().waitFor();
    await server.kill();
    await page.goto(`${server.url}/maps/${desk.map}`);
    await page.getByText("The server can't be reached").waitFor();
    assert.equal(await page.getByText("One", { exact: true }).count(), 0);
    assert.equal(await keptRows(page), 0);
    await server.serve();
    await leave(account);
  });

  it("is always the newest when the server is there, and never an answer of the API", async () => {
    await appIsKept(desk.page);
    const worker = await desk.page.request.get(`${server.url}/worker.js`);
    assert.equal(worker.headers()["cache-control"], "no-cache");
    assert.match(worker.headers()["content-type"], /^text\/javascript/);
    const [scope, kept] = await desk.page.evaluate(async () => {
      const { scope } = await navigator.serviceWorker.ready;
      const caches = await Promise.all(
        (await window.caches.keys()).map((it) => window.caches.open(it)),
      );
      const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
      return [scope, requests.map(({ url }) => new URL(url).pathname)];
    });
    assert.equal(scope, `${server.url}/`);
    assert.ok(kept.includes("/index.html"));
    assert.deepEqual(
      kept.filter((path) => !/^\/(index\.html$|assets\/)/.test(path)),
      [],
    );
    const page = await me.newPage();
    const answer = await page.goto(`${server.url}/`);
    assert.equal(answer.headers()["cache-control"], "no-cache");
    assert.ok((await desk.page.request.get(`${server.url}/healthz`)).ok());
  });
});
