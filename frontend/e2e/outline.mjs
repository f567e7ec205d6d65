// Drives the outline by keyboard, by touch and beside others, in a real browser, without a server.
//   npx vite build -c e2e/panels/vite.config.ts && node e2e/outline.mjs
// Prints what it found, and closes with 1 when something is not as it should be.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const server = await preview({
  configFile: join(import.meta.dirname, "panels/vite.config.ts"),
  preview: { host: "127.0.0.1", port: 0 },
});
const base = `http://127.0.0.1:${server.httpServer.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});

async function open(query, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${base}?${query}`);
  await page.getByRole("treeitem").first().waitFor();
  return page;
}

const problems = [];
const row = (page, name) => page.getByRole("treeitem", { name });
const focused = (page) =>
  page.evaluate(
    () =>
      document.activeElement?.closest("[role=treeitem]")?.textContent ??
      document.activeElement?.tagName,
  );
const outline = (page) =>
  page.evaluate(() => Array.from(window.panels.model.walk(), ({ text }) => text));

async function keyboard() {
  const page = await open("map=empty");
  await row(page, /Empty map/).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Radio");
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /Radio/);
  await page.keyboard.press("Enter");
  await page.keyboard.type("Cameras");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Battery");
  await page.keyboard.press("Enter");
  assert.deepEqual(await outline(page), ["Empty map", "Radio", "Cameras", "Battery"]);
  await page.keyboard.press("ArrowLeft");
  assert.match(await focused(page), /Cameras/);
  await page.keyboard.press("Alt+ArrowUp");
  assert.deepEqual(await outline(page), ["Empty map", "Cameras", "Battery", "Radio"]);
  await page.keyboard.press("Space");
  assert.equal(await row(page, /Cameras/).getAttribute("aria-expanded"), "false");
  assert.equal(await row(page, /Battery/).count(), 0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Alt+ArrowRight");
  assert.equal(await row(page, /Radio/).getAttribute("aria-level"), "3");
  assert.match(await focused(page), /Radio/);
  await page.keyboard.type("s");
  await page.keyboard.press("Escape");
  assert.ok(!(await outline(page)).includes("Radios"), "Escape takes back what was typed");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  assert.equal((await outline(page)).length, 4, "an empty new row goes again");
  assert.match(await focused(page), /Radio/);
  await page.keyboard.press("Delete");
  assert.match(await focused(page), /Battery/);
  await page.keyboard.press("Control+z");
  assert.ok((await outline(page)).includes("Radio"));
  await page.keyboard.press("F6");
  assert.equal(
    await page.evaluate(() => document.activeElement?.closest("[role=tree]") === null),
    true,
  );
  await page.context().close();
}

async function others() {
  const page = await open("map=1000");
  const here = page.getByRole("treeitem").nth(20);
  await here.click();
  await page.keyboard.press("ArrowDown");
  const name = await focused(page);
  const place = () =>
    page.evaluate(() => Math.round(document.activeElement?.getBoundingClientRect().top ?? -1));
  await page.mouse.wheel(0, 240);
  await page.waitForTimeout(200);
  const before = await place();
  await page.evaluate(() => {
    const { asOther, addChild, other, ROOT } = window.panels;
    asOther((doc) => {
      for (const text of ["one", "two", "three"]) addChild(doc, other, ROOT, text, 0);
    });
  });
  await page.waitForFunction(
    () => window.panels.model.node(window.panels.ROOT).children.length > 3,
  );
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  assert.equal(await focused(page), name, "others never take the focus");
  assert.ok(Math.abs((await place()) - before) <= 1, "nor move what one reads");
  await page.getByText(/^3 new ideas under /).waitFor({ state: "attached", timeout: 8000 });
  await page.context().close();
}

async function large() {
  const page = await open("map=10000");
  const shown = await page.getByRole("treeitem").count();
  assert.ok(shown < 80, `${shown} rows in the page`);
  await row(page, /./).first().focus();
  const times = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const press = async (key) => {
      const start = performance.now();
      document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
      );
      await frame();
      return performance.now() - start;
    };
    const list = [];
    for (let n = 0; n < 40; n += 1) list.push(await press("ArrowDown"));
    const end = await press("End");
    const home = await press("Home");
    return { worst: Math.max(...list), end, home };
  });
  await page.waitForFunction(() => performance.getEntriesByName("first rows").length > 0);
  const first = await page.evaluate(() => performance.getEntriesByName("first rows")[0].duration);
  const said = { first: Math.round(first), ...times };
  process.stdout.write(`10,000 nodes, ms: ${JSON.stringify(said)}\n`);
  assert.equal(await row(page, /./).first().getAttribute("aria-level"), "1");
  await page.context().close();
}

async function touch() {
  const page = await open("map=empty", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await row(page, /Empty map/).tap();
  await page.getByRole("button", { name: "Child" }).tap();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
  await page.keyboard.type("Radio");
  await page.getByRole("button", { name: "Sibling" }).tap();
  await page.keyboard.type("Cameras");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Move" }).tap();
  await page.getByRole("menuitem", { name: "Up" }).tap();
  assert.deepEqual(await outline(page), ["Empty map", "Cameras", "Radio"]);
  await row(page, /Radio/).tap();
  await row(page, /Radio/).tap();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
  await page.context().close();
}

async function axe() {
  for (const query of ["map=workshop", "map=workshop&side=trash", "map=workshop&view=1"]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(query, { colorScheme });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const { id, impact, nodes } of violations) {
        process.stdout.write(
          `  axe ${query} ${colorScheme}: ${impact} ${id} ${nodes[0]?.html.slice(0, 120)}\n`,
        );
        if (impact === "serious" || impact === "critical") problems.push(`${query}: ${id}`);
      }
      await page.context().close();
    }
  }
}

for (const check of [keyboard, touch, others, large, axe]) {
  try {
    await check();
    process.stdout.write(`ok ${check.name}\n`);
  } catch (error) {
    problems.push(`${check.name}: ${error.stack}`);
  }
}
await browser.close();
await server.close();
for (const line of problems) process.stdout.write(`PROBLEM ${line}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
