/** The narrowest phones, and the longer words of French: nothing sticks out, nothing is cut off. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { browse, drawn, Gapmap, leave, openAs, PHONE, person } from "./kit.mjs";

const NARROW = { ...PHONE, viewport: { width: 360, height: 740 }, locale: "fr-BE" };
const PASSWORD = "four plain words";

let server;
let browser;
let phone;
let page;
let map;

before(async () => {
  server = await Gapmap.start({ demo: true, account: false });
  server.token = server.run(["token", "create", "--user", "admin@localhost"]).trim();
  const bo = { name: "Bo Lind", email: "bo@example.org", role: "admin", password: PASSWORD };
  await server.api("POST", "users", bo);
  const { items } = await server.api("GET", "sessions?limit=100");
  const session = items.find(({ state }) => state === "live").id;
  map = (await server.api("GET", `maps?session=${session}`)).items[0].id;
  browser = await browse();
  phone = await person(browser, NARROW);
  page = await openAs(phone, server, bo.email, PASSWORD, `/sessions/${session}`);
});

after(async () => {
  await leave(phone);
  await browser.close();
  await server.stop();
});

/** Where something stands on the screen. */
const placeOf = async (locator) => {
  const { x, width } = await locator.boundingBox();
  return { left: x, right: x + width };
};

describe("on a phone of 360 pixels, in French", () => {
  it("no page is wider than the screen", async () => {
    const wide = [];
    const records = ["gaps/GAP-5", "solutions/SOL-42", "fits/FIT-16", "evidence/EVI-125"];
    const lists = ["gaps", "solutions", "fits", "evidence", "coverage", "watch", "tags", "imports"];
    for (const address of [
      new URL(page.url()).pathname,
      ...[...lists, ...records].map((it) => `/catalogue/${it}`),
      ...["/reports", "/reports/REP-1", "/admin/users", "/admin/groups", "/admin/audit"],
    ]) {
      await page.goto(server.url + address);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      const { scrollWidth } = await page.evaluate(() => document.documentElement);
      if (scrollWidth > NARROW.viewport.width) wide.push(`${address} takes ${scrollWidth}`);
    }
    assert.deepEqual(wide, []);
  });

  it("a facilitator's bar has two rows, and what is searched is found on the screen", async () => {
    await page.goto(`${server.url}/maps/${map}?view=map`);
    const bar = page.locator("[data-region=bar]");
    await bar.getByRole("button", { name: "Enregistré" }).waitFor();
    await drawn(page);
    assert.ok((await bar.boundingBox()).height < 110, "two rows");

    const field = bar.getByRole("combobox");
    await field.tap();
    await field.fill("e");
    const found = page.getByRole("option").first();
    await found.waitFor();
    const list = await placeOf(page.getByRole("listbox"));
    assert.ok(list.left >= 0 && list.right <= 360, JSON.stringify(list));
    const room = await placeOf(field);
    assert.ok(room.right - room.left > 100, "there is room to type");
  });
});
