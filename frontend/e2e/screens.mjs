// Walks through every page, wide and on a phone, light and dark: takes a picture of each and runs axe on it.
//   BASE=http://127.0.0.1:4180 node e2e/screens.mjs [name…]
// EMAIL and PASSWORD sign in an administrator; CODE is a live join code; OUT is the folder for the pictures.
// Closes with 1 when axe finds anything serious, or a page writes an error to its console.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const BASE = process.env.BASE ?? "http://127.0.0.1:8080";
const OUT = process.env.OUT ?? join(import.meta.dirname, "../test-results/screens");
const EMAIL = process.env.EMAIL ?? "ines@example.org";
const PASSWORD = process.env.PASSWORD ?? "correct horse";
const CODE = process.env.CODE ?? "K7WM4QXD";
const ONLY = process.argv.slice(2);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SIZES = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** The pages as a visitor without an account meets them. */
const VISITOR = {
  start: (page) => page.goto(`${BASE}/`),
  "start-empty-code": async (page) => {
    await page.goto(`${BASE}/`);
    await page.getByRole("button", { name: "Join" }).click();
  },
  "sign-in": (page) => page.goto(`${BASE}/sign-in`),
  "sign-in-wrong": async (page) => {
    await page.goto(`${BASE}/sign-in`);
    await page.getByLabel("E-mail address").fill("nobody@example.org");
    await page.getByLabel("Password").fill("not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").first().waitFor();
  },
  "join-code": (page) => page.goto(`${BASE}/join`),
  join: (page) => page.goto(`${BASE}/join/${CODE}`),
  "join-unknown": async (page) => {
    await page.goto(`${BASE}/join/ZZZZ9999`);
    await page.getByRole("alert").waitFor();
  },
  welcome: async (page) => {
    await page.goto(`${BASE}/welcome?token=not-a-token`);
    await page.getByRole("alert").waitFor();
  },
  "not-found": (page) => page.goto(`${BASE}/nothing/here`),
};

const openSession = async (page) => {
  await page.goto(`${BASE}/?state=live`);
  await page.locator("main li a").last().click();
  await page.getByRole("heading", { name: "Maps" }).waitFor();
};

/** The pages of an administrator. */
const ADMIN = {
  sessions: (page) => page.goto(`${BASE}/`),
  "sessions-none": async (page) => {
    await page.goto(`${BASE}/?q=nothing-has-this-name`);
    await page.getByText("No session fits").waitFor();
  },
  "session-new": async (page) => {
    await page.goto(`${BASE}/`);
    await page.getByRole("button", { name: "New session" }).click();
    await page.getByRole("button", { name: "Create session" }).click();
    await page.getByRole("alert").first().waitFor();
  },
  session: openSession,
  "session-map-new": async (page) => {
    await openSession(page);
    await page.getByRole("button", { name: "New map" }).click();
  },
  "session-menu": async (page) => {
    await openSession(page);
    await page.getByRole("button", { name: "More actions" }).click();
  },
  "session-close": async (page) => {
    await openSession(page);
    await page.getByRole("button", { name: "Close session" }).click();
  },
  "join-screen": async (page) => {
    await openSession(page);
    const show = page.getByRole("button", { name: "Show full screen" });
    const make = page.getByRole("button", { name: "Make a join link" });
    await show.or(make).first().waitFor();
    if (await make.isVisible()) await make.click();
    await show.first().click();
    await page.getByText("Or scan").waitFor();
  },
  users: (page) => page.goto(`${BASE}/admin/users`),
  "user-new": async (page) => {
    await page.goto(`${BASE}/admin/users`);
    await page.getByRole("button", { name: "New user" }).click();
  },
  tokens: (page) => page.goto(`${BASE}/admin/tokens`),
  audit: (page) => page.goto(`${BASE}/admin/audit`),
  account: async (page) => {
    await page.goto(`${BASE}/`);
    await page.getByRole("button", { name: /^Account/ }).click();
  },
  password: async (page) => {
    await page.goto(`${BASE}/`);
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Change password" }).click();
  },
};

async function signIn(page) {
  await page.goto(`${BASE}/sign-in`);
  await page.getByLabel("E-mail address").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Sessions" }).waitFor();
}

const problems = [];

async function check(page, name) {
  await page.evaluate(AXE);
  // The guards hand focus on to where it belongs as soon as they get it.
  const result = await page.evaluate(() =>
    globalThis.axe.run(
      { exclude: [["[data-base-ui-focus-guard]"]] },
      {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      },
    ),
  );
  for (const { id, impact, nodes } of result.violations) {
    const line = `${name}: ${impact} ${id} ${nodes
      .map((node) => node.target.join(" "))
      .slice(0, 3)
      .join(" | ")}`;
    if (impact === "serious" || impact === "critical") problems.push(line);
    process.stdout.write(`  axe ${line}\n`);
  }
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) problems.push(`${name}: scrolls sideways by ${wide} px`);
}

async function walk(browser, pages, size, scheme, prepare) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: scheme,
    reducedMotion: "reduce",
    ...(size === "phone" && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  let name = "";
  page.on("pageerror", (error) => problems.push(`${name}: ${error.message}`));
  await prepare?.(page);
  for (const [title, go] of Object.entries(pages)) {
    if (ONLY.length > 0 && !ONLY.includes(title)) continue;
    name = `${title}-${size}-${scheme}`;
    try {
      await go(page);
    } catch (error) {
      problems.push(`${name}: ${error.message.split("\n")[0]}`);
      continue;
    }
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    // A dialog covers the window, not the whole page.
    const fullPage = (await page.locator("[role=dialog], [role=alertdialog]").count()) === 0;
    await page.screenshot({ path: join(OUT, `${name}.png`), fullPage, animations: "disabled" });
    await check(page, name);
  }
  await context.close();
}

mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
for (const size of Object.keys(SIZES)) {
  for (const scheme of ["light", "dark"]) {
    await walk(browser, VISITOR, size, scheme);
    await walk(browser, ADMIN, size, scheme, signIn);
  }
}
await browser.close();
for (const line of problems) process.stdout.write(`PROBLEM ${line}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
