/** What a facilitator sees of the map while they run a session, and what the others see of it then. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ROOT } from "./desk.mjs";
import {
  browse,
  drawn,
  Gapmap,
  join,
  leave,
  node,
  openAsHost,
  PHONE,
  person,
  takeSeat,
  until,
} from "./kit.mjs";

let server;
let browser;
let place;
let host;
let lead;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  place = await server.workshop({ title: ROOT });
  const rounds = [
    { title: "What is hard in daily work", method: "silent", minutes: 10 },
    { title: "What matters most of all that", method: "vote", minutes: 10 },
  ];
  await server.agenda(place.session, rounds);
  host = await person(browser);
  lead = await openAsHost(host, server, place.map);
});

after(async () => {
  await leave(host);
  await browser.close();
  await server.stop();
});

const middle = ({ x, width }) => x + width / 2;
/** How far the topic is from the middle of the map's window. */
async function aside() {
  await drawn(lead);
  const [topic, tree] = await Promise.all([
    node(lead, ROOT).boundingBox(),
    lead.getByRole("tree").boundingBox(),
  ]);
  return Math.abs(middle(topic) - middle(tree));
}
/** Sees that the topic stands where it was once the bar of the rounds has come. */
async function stillWhile(page, act) {
  await drawn(page);
  const top = async () => (await node(page, ROOT).boundingBox()).y;
  const before = await top();
  await act();
  await page.getByRole("region", { name: "This round" }).waitFor();
  await drawn(page);
  // In whole pixels, so that text is sharp: half of one may be lost.
  assert.ok(Math.abs((await top()) - before) < 1, "the map stands still");
}
const run = (name) => lead.locator("[data-region=run]").getByRole("button", { name });

describe("the panel to run a session", () => {
  it("opens and closes beside the map, whose middle stays in the middle", async () => {
    const before = await aside();
    const same = (now) => Math.abs(now - before) < 2;
    await lead.getByRole("button", { name: "Run the session" }).click();
    await until(aside, same, "open");
    await run("Close Run").click();
    await until(aside, same, "closed");
    await lead.getByRole("button", { name: "Run the session" }).click();
  });

  it("has one primary button, and after a reveal the map shows all that was revealed", async () => {
    const guests = [await person(browser), await person(browser)];
    const pages = [];
    for (const [n, guest] of guests.entries()) {
      pages.push(await join(guest, place.invite.url, `Badger-0${n + 1}`));
    }
    // Where one looked before is not where it comes to stand.
    await pages[0].getByRole("tree").hover();
    await pages[0].mouse.wheel(700, 0);
    await drawn(pages[0]);
    await stillWhile(lead, () => run("Start the first round").click());
    const primary = async () => {
      const look = (all) => all.map((it) => [it.textContent, getComputedStyle(it).backgroundColor]);
      const looks = await lead.locator("[data-region=run] button").evaluateAll(look);
      const [, colour] = looks.find(([words]) => /Reveal in/.test(words)) ?? [];
      return looks.filter(([, own]) => own === colour).map(([words]) => words);
    };
    const many = Array.from({ length: 12 }, (_, n) => `Something that is hard, number ${n + 1}`);
    for (const page of pages) {
      const field = page.getByLabel("A new idea");
      for (const text of many) {
        await field.fill(text);
        await field.press("Enter");
      }
    }
    await lead.getByText("24 ideas so far by 2 people").waitFor();
    assert.deepEqual(await primary(), ["Reveal in the middle"]);
    await run("Reveal in the middle").click();
    await lead.getByRole("dialog").getByRole("button", { name: "Reveal" }).click();
    await until(
      () => node(lead, many[0]).count(),
      (count) => count === 2,
      "all are seen",
    );

    // Whose keyboard comes back to the map by itself gets no frame around all of it.
    const [page] = pages;
    await page.getByRole("tree").waitFor();
    await until(
      () => node(page, many[0]).count(),
      (count) => count === 2,
      "who wrote sees all, too",
    );
    const isFramed = () => page.evaluate(() => document.activeElement.matches(":focus-visible"));
    await until(
      () => page.evaluate(() => document.activeElement.role),
      (role) => role === "tree",
      "the map has the keyboard",
    );
    assert.equal(await isFramed(), false);
    for (const guest of guests) await leave(guest);
  });

  it("leaves the words of a round their room on a phone while the session is paused", async () => {
    const guest = await person(browser, PHONE);
    await run("Next round").click();
    await takeSeat(guest, server, place.code, "Otter-03");
    const page = await guest.newPage();
    await page.goto(`${server.url}/maps/${place.map}`);
    const start = page.getByRole("dialog").getByRole("button", { name: "Start" });
    await start.and(page.locator(":focus")).waitFor();
    await start.click();
    await server.change(`sessions/${place.session}`, { state: "paused" });
    const paused = page.getByText("Paused", { exact: true });
    await paused.waitFor();
    assert.equal(await paused.count(), 1, "it is said once");
    const title = page.getByRole("region", { name: "This round" }).getByText("What matters most");
    assert.ok((await title.boundingBox()).height < 60, "in two lines at most");
    await leave(guest);
  });

  it("offers no round to be started in a session that is closed", async () => {
    await server.change(`sessions/${place.session}`, { state: "closed" });
    await lead.getByText("Rounds can be started while the session is live.").waitFor();
    assert.equal(await run(/^Start/).count(), 0);
  });
});
