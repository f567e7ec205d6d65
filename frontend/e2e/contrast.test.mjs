/** With colours that people have chosen for all programs: what is chosen shows, and all words can be read. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { browse, focusMap, Gapmap, leave, person, press, saved, WIDE } from "./kit.mjs";

let server;
let browser;
let visitor;
let page;

before(async () => {
  server = await Gapmap.start({ demo: true, account: false });
  browser = await browse();
  visitor = await person(browser, { ...WIDE, forcedColors: "active", colorScheme: "dark" });
  page = await visitor.newPage();
  await page.goto(server.signInLink);
  await page.getByRole("link", { name: "Not now" }).click();
  await page.getByRole("heading", { name: "Sessions" }).waitFor();
});

after(async () => {
  await leave(visitor);
  await browser.close();
  await server.stop();
});

/** Whether a line is round it. */
const isLined = (locator) => locator.evaluate((it) => getComputedStyle(it).outlineStyle !== "none");

describe("with forced colours", () => {
  it("shows which page one is on, and which template is chosen", async () => {
    const nav = page.getByRole("navigation");
    assert.ok(await isLined(nav.getByRole("link", { name: "Sessions" })));
    assert.ok(!(await isLined(nav.getByRole("link", { name: "Reports" }))));
    await page.getByRole("button", { name: "New session" }).click();
    const card = (name) => page.locator("label").filter({ hasText: name });
    await card("Blank").waitFor();
    assert.ok(await isLined(card("Blank")));
    assert.ok(!(await isLined(card("THOR"))));
    await press(page, "Escape");
  });

  it("shows which gap or solution Enter links, and the words by which it was found", async () => {
    await page.getByRole("link", { name: /Helping people early/ }).click();
    await page.getByRole("link", { name: "Open" }).last().click();
    await saved(page);
    await focusMap(page);
    await press(page, "Control+Home", "ArrowRight", "Control+k");
    const match = page.getByRole("option").locator("mark").first();
    await match.waitFor();
    assert.ok(await isLined(page.getByRole("option").first()));
    const { color, backgroundColor } = await match.evaluate((it) => {
      const { color, backgroundColor } = getComputedStyle(it);
      return { color, backgroundColor };
    });
    assert.notEqual(color, backgroundColor);
    assert.notEqual(backgroundColor, "rgba(0, 0, 0, 0)");
    await press(page, "Escape");
  });
});
