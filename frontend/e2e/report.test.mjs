/** A report from its draft to its files, and from a number in it back to the sentence in the workshop. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, it } from "node:test";
import { faults, seriousHere } from "./axe.mjs";
import { browse, Gapmap, leave, openAs, PHONE, person, until, WIDE } from "./kit.mjs";

const PASSWORD = "four words in a row";
const TITLE = "What practitioners can have today";
/** The browser itself writes to the console what the server refuses. */
const REFUSED = /the server responded with a status of 412/;

let server;
let browser;
/** What the browsers of those who signed in keep. */
const signedIn = new Map();

before(async () => {
  server = await Gapmap.start({ demo: true, account: false });
  server.token = server.run(["token", "create", "--user", "admin@localhost"]).trim();
  browser = await browse();
  for (const [name, role] of [
    ["Ana", "analyst"],
    ["Rita", "reviewer"],
  ]) {
    const email = `${name.toLowerCase()}@example.org`;
    await server.api("POST", "users", { email, name, role, password: PASSWORD });
  }
});

after(async () => {
  await browser.close();
  await server.stop();
});

const button = (page, name) => page.getByRole("button", { name, exact: true }).first();
const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
const says = (page, words) => page.getByText(words).first().waitFor();

/** Opens a page for somebody who signed in before, or does so now. */
async function open(browserOptions, who, address, expected = []) {
  const storageState = signedIn.get(who);
  const context = await person(
    browser,
    { ...browserOptions, ...(storageState && { storageState }) },
    expected,
  );
  if (storageState) {
    const page = await context.newPage();
    await page.goto(server.url + address);
    return page;
  }
  const page = await openAs(context, server, `${who}@example.org`, PASSWORD, address);
  signedIn.set(who, await context.storageState());
  return page;
}

/** Takes a step that is asked for first. */
async function step(page, name, state) {
  await button(page, name).click();
  await button(page.getByRole("dialog"), name).click();
  await says(page, `is now: ${state}`);
}

/** Takes the report as a file. */
async function download(page, name) {
  await button(page, "Download").click();
  // Tests set pages without optimisation, which takes longer than anything else here.
  const coming = page.waitForEvent("download", { timeout: 60_000 });
  await page.getByRole("menuitem", { name }).click();
  return readFileSync(await (await coming).path(), "utf8");
}

/** Asks for a file that takes a while, and then for none. */
async function callOff(page, name) {
  await button(page, "Download").click();
  await page.getByRole("menuitem", { name }).click();
  await says(page, "PDF is being made");
  await button(page, "Cancel").click();
  await says(page, "Called off");
}

it("an analyst makes a report, and it takes a second person to approve it", async () => {
  const page = await open(WIDE, "ana", "/reports", [REFUSED]);
  await says(page, "REP-1");
  await page.getByRole("main").getByRole("link", { name: "New report" }).first().click();
  await heading(page, "New report");
  await button(page, "Create").click();
  await says(page, "Fill this in.");
  await page.getByLabel("Title").fill("A first title");
  await page.getByRole("combobox", { name: "Dissemination level" }).click();
  await page.getByRole("option", { name: "PU: public" }).click();
  await page.getByRole("combobox", { name: "Language of the report" }).click();
  await page.getByRole("option", { name: "Français" }).click();
  await page.getByRole("combobox", { name: "Groups" }).fill("foren");
  await page.getByRole("option", { name: /Forensics/ }).click();
  await says(page, "1 group chosen.");
  await button(page, "Remove Forensics").click();
  await says(page, "None chosen: all groups.");
  await button(page, "Create").click();
  await heading(page, "A first title");
  await says(page, "This is a preview");

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await says(page, "This is the server’s own rule");
  assert.equal((await server.api("GET", "reports/REP-2")).language, "fr");
  await page.getByRole("combobox", { name: "Language of the report" }).click();
  await page.getByRole("option", { name: "English" }).click();
  await page.getByLabel("Title").fill(TITLE);
  await server.change("reports/REP-2", { title: "Somebody else’s", edition: "1.0" });
  await button(page, "Save").click();
  await says(page, "Somebody else saved REP-2");
  await page.getByRole("radio", { name: /Yours/ }).check();
  await button(page, "Save with these choices").click();
  await heading(page, TITLE);
  await says(page, "version 1.0");

  await step(page, "Submit for review", "In review");
  await says(page, "Somebody else has to approve this");
  assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);

  const desk = await open(WIDE, "rita", "/reports?state=in_review");
  await desk.getByRole("link", { name: TITLE }).click();
  await step(desk, "Approve", "Approved");
  assert.equal(await desk.getByRole("button", { name: "Publish" }).count(), 0);
  await leave(desk.context());

  await page.reload();
  await step(page, "Publish", "Published");
  const whole = JSON.parse(await download(page, /json/i));
  assert.deepEqual(
    [whole.format, whole.cover.title, whole.cover.edition, whole.cover.is_preview],
    ["gapmap-report", TITLE, "1.0", false],
  );
  const html = await download(page, /html/i);
  assert.ok(html.startsWith("<!") && html.includes(TITLE));
  await callOff(page, /pdf/i);
  await leave(page.context());
});

it("a number leads to its gaps, a gap to the sentence in the map, and back to the same place", async () => {
  const page = await open(WIDE, "rita", "/reports/REP-2");
  const { gaps } = await server.api("GET", "reports/REP-2/preview");
  const covered = gaps.filter((it) => it.light === "green");
  const gap = covered.find((it) => it.mentions.length > 0);
  await page.getByRole("link", { name: `${covered.length} Covered`, exact: true }).click();
  await says(page, `${covered.length} of ${gaps.length} shown`);
  await page.locator("summary").filter({ hasText: gap.title }).click();
  const [{ href, session }] = gap.mentions;
  const quote = page.locator(`#gaps a[href='${href}']`);
  await quote.getByText(session).waitFor();
  await page.getByRole("link", { name: `Open ${gap.number} in the catalogue` }).click();
  await heading(page, gap.title);
  await page.goBack();
  await says(page, `${covered.length} of ${gaps.length} shown`);
  await until(
    () => page.locator("#gaps").evaluate((part) => part.getBoundingClientRect().top),
    (top) => top > -400 && top < 400,
    "the gaps are in view again",
  );

  await page.evaluate(() => document.getElementById("voices").scrollIntoView());
  const height = await page.evaluate(() => window.scrollY);
  await page.reload();
  await until(
    () => page.evaluate(() => window.scrollY),
    (top) => Math.abs(top - height) < 5,
    "the same place after a reload",
  );

  await page.locator("summary").filter({ hasText: gap.title }).click();
  await quote.click();
  const [, map, id] = /maps\/([^?]+)\?node=(.+)$/.exec(href);
  const find = (at) => (at.id === id ? at : at.children.map(find).find(Boolean));
  const { text } = find(await server.api("GET", `maps/${map}/tree`));
  await page.locator("[role=treeitem][data-active]").filter({ hasText: text }).waitFor();
  await leave(page.context());
});

it("nothing serious or critical, wide and on a phone, and a PDF to take along", async () => {
  // The group with the fewest gaps is enough to look at: more of the same takes axe long and finds nothing else.
  const { coverage } = await server.api("GET", "reports/REP-2/preview");
  const [least] = coverage.filter((it) => it.href !== null).sort((a, b) => a.gaps - b.gaps);
  const groups = new URL(least.href, server.url).searchParams.getAll("group");
  await server.api("POST", "reports", { title: "A draft", scope: { groups, sessions: [] } });
  const pages = {
    "/reports/REP-3": async (page) => {
      await page.locator("#gaps summary").first().click();
      await page.locator("#solutions summary").first().click();
      // Further down, the menu of the parts that stays in view would lie half over some link.
      await page.evaluate(() => window.scrollTo(0, 0));
    },
    "/reports/REP-3/edit": (page) => page.getByLabel("Title").waitFor(),
  };
  const page = await open(PHONE, "ana", "/reports");
  const found = [];
  for (const [it, act] of Object.entries(pages)) {
    found.push(...(await faults(page, server.url + it, act)));
  }
  await leave(page.context());
  const wide = await open(WIDE, "ana", "/reports/REP-3");
  await pages["/reports/REP-3"](wide);
  assert.deepEqual([...found, ...(await seriousHere(wide))], []);
  const pdf = await download(wide, /pdf/i);
  assert.ok(pdf.startsWith("%PDF-") && pdf.includes("%%EOF"));
  await leave(wide.context());
});
