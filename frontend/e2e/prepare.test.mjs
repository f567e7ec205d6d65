/** A facilitator prepares a session: from a template, with an agenda, settings and links that end. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import {
  browse,
  Gapmap,
  join,
  leave,
  PHONE,
  person,
  press,
  saved,
  signIn,
  until,
  WIDE,
} from "./kit.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let server;
let browser;
let host;
let page;
let session;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  await server.api("POST", "groups", { name: "Borders", scope: "EU", origin: "e2e" });
  host = await person(browser, WIDE, [/status of 4(01|03|12)/]);
  page = await signIn(host, server);
});

after(async () => {
  await browser.close();
  await server.stop();
});

const button = (name, within = page) => within.getByRole("button", { name, exact: true });

/** Fails on anything serious that axe finds, light and dark. */
async function isAccessible(on, what) {
  for (const colorScheme of ["light", "dark"]) {
    await on.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found = await on.evaluate(
      async ([axe, rules]) => {
        if (!window.axe) new Function(axe)();
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        await frame().then(frame);
        // Half-faded colours are nobody's, nor are those that begin to fade when others have.
        const running = () =>
          document.getAnimations().filter(({ effect, playState }) => {
            const ends = effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY;
            return ends && playState === "running";
          });
        while (running().length > 0) {
          await Promise.all(running().map(({ finished }) => finished.catch(() => undefined)));
          await frame();
        }
        const { violations } = await window.axe.run(
          { exclude: [["[data-base-ui-focus-guard]"]] },
          { runOnly: rules },
        );
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
      },
      [AXE, RULES],
    );
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
  await on.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

describe("preparing a session", () => {
  it("begins with a template, and settings", begins);
  it("plans rounds by the keyboard", plans);
  it("says that somebody else was first, and lets one decide", conflicts);
  it("saves it as a template for the next", keepsAsTemplate);
  it("makes a link for two, and takes it back from who came by it", links);
  it("shows the big screen, and follows whoever leads", projects);
});

async function begins() {
  await button("New session").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title").fill("Night shifts");
  await dialog.getByRole("radio", { name: /^Challenge, gap, need/ }).check({ force: true });
  await dialog.getByLabel(/^Place/).fill("Room 3");
  await dialog.getByLabel("Whose ideas people change").click();
  await page.getByRole("option", { name: "Their own only" }).click();
  await dialog.getByRole("checkbox").nth(1).check();
  await button("Create session", dialog).click();
  await page.getByRole("heading", { name: "Night shifts" }).waitFor();
  session = page.url().match(/sessions\/([\w-]+)/)[1];
  await page.getByText(/Room 3\s· own ideas only/).waitFor();
  await page
    .getByRole("region", { name: "Agenda" })
    .getByText("Put together", { exact: true })
    .waitFor();
  await page.getByRole("link", { name: "Open Night shifts" }).waitFor();
  await isAccessible(page, "the session's page");
}

const rounds = async () => (await server.api("GET", `sessions/${session}/rounds`)).rounds;

async function plans() {
  await button("Edit agenda").click();
  const dialog = page.getByRole("dialog", { name: "Edit agenda" });
  await button("Add a round", dialog).click();
  await dialog.getByRole("textbox", { name: "Title" }).fill("Warm up");
  await dialog.getByLabel("Change ideas").click();
  await page.getByRole("option", { name: "Their own", exact: true }).click();
  await isAccessible(page, "the agenda's editor");
  const head = dialog.getByRole("button", { name: /^Round \d+: Warm up/ });
  await head.focus();
  const count = (await rounds()).length;
  for (let n = 0; n < count; n++) {
    await press(page, "Alt+ArrowUp");
    await head.focus();
  }
  await dialog.getByRole("button", { name: /^Round 1: Warm up/ }).waitFor();
  await button("Save agenda", dialog).click();
  await dialog.waitFor({ state: "hidden" });
  const [first] = await rounds();
  assert.deepEqual([first.title, first.may_edit, first.minutes], ["Warm up", "own", 10]);
}

async function conflicts() {
  await button("Edit agenda").click();
  const dialog = page.getByRole("dialog", { name: "Edit agenda" });
  await button("Remove round 1", dialog).click();
  await server.change(`sessions/${session}`, { theme: "Changed by somebody else" });
  await button("Save agenda", dialog).click();
  await dialog.getByText("Somebody else changed the session meanwhile").waitFor();
  await until(
    async () => {
      await button("Save mine", dialog)
        .click({ timeout: 2000 })
        .catch(() => undefined);
      return (await rounds())[0].title;
    },
    (title) => title !== "Warm up",
    "my agenda is saved",
  );
  await dialog.waitFor({ state: "hidden" });
}

async function keepsAsTemplate() {
  await button("More actions").click();
  await page.getByRole("menuitem", { name: "Save as template" }).click();
  await page.getByLabel("Name of the template").fill("Our way");
  await button("Save").click();
  await page.getByText("Template saved").waitFor();
  await page.goto(`${server.url}/`);
  await button("New session").first().click();
  await page.getByRole("radio", { name: /^Our way/ }).waitFor({ state: "attached" });
  await isAccessible(page, "a new session");
}

async function links() {
  await page.goto(`${server.url}/sessions/${session}`);
  await page.getByLabel("How many people").fill("2");
  await button("Make a join link").click();
  await page.getByText("0 of 2 have joined").waitFor();
  const { items } = await server.api("GET", `invites?session=${session}`);
  const phone = await person(browser, PHONE);
  const guest = await join(phone, items[0].url, "Heron-12");
  await page.getByText("1 of 2 have joined").waitFor();
  await button("More about this link").click();
  await page.getByRole("menuitem", { name: "End this link" }).click();
  await page.getByLabel("Those who came by it have to leave too").check();
  await button("End this link").click();
  await guest.getByText("This page is not connected to the map.").waitFor();
  await page.getByText(/^Links that have ended/).click();
  await page.getByText("Ended by hand").waitFor();
  await leave(phone);
}

async function projects() {
  await button("Make a join link").click();
  await button("Copy link").waitFor();
  await page.getByRole("link", { name: "Open Night shifts" }).click();
  await saved(page);
  await button("Run the session").click();
  await button("Start the first round").click();
  await isAccessible(page, "the map with its Run panel");
  const [big] = await Promise.all([
    host.waitForEvent("page"),
    page.getByRole("link", { name: "Projector" }).click(),
  ]);
  await big.getByRole("img", { name: /^QR code/ }).waitFor();
  await big.getByText("What is hard", { exact: true }).waitFor();
  await big.getByRole("treeitem").first().waitFor();
  await isAccessible(big, "the projector");
  await button("Follow me").click();
  const node = (on) => on.getByRole("treeitem").filter({ hasText: "Gaps" });
  const before = (await node(big).boundingBox()).x;
  const box = await page.getByRole("tree").boundingBox();
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.wheel(300, 0);
  await until(
    async () => (await node(big).boundingBox())?.x ?? before,
    (x) => Math.abs(x - before) > 60,
    "the big screen goes along",
  );
  await leave(host);
}
