/** A report from its draft to its files, and from a number in it back to the sentence in the workshop. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, it } from "node:test";
import { faults, seriousHere } from "./axe.mjs";
import { browse, Gapmap, leave, PHONE, person, until, WIDE } from "./kit.mjs";

const PASSWORD = "four words in a row";
const TITLE = "What practitioners can have today";
/** The browser itself writes to the console what the server refuses. */
const REFUSED = /the server responded with a status of 412/;

let server;
let browser;

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

/** Signs in and opens a page. */
async function open(context, who, address) {
  const answer = await context.request.post(`${server.url}/api/v1/sign-in`, {
    data: { email: `${who}@example.org`, password: PASSWORD },
    headers: { origin: server.url },
  });
  assert.ok(answer.ok(), await answer.text());
  const page = await context.newPage();
  await page.goto(server.url + address);
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
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name }).click();
  return readFileSync(await (await coming).path(), "utf8");
}

it("an analyst makes a report, and it takes a second person to approve it", async () => {
  const analyst = await person(browser, WIDE, [REFUSED]);
  const page = await open(analyst, "ana", "/reports");
  await says(page, "No reports yet");
  await page.getByRole("main").getByRole("link", { name: "New report" }).first().click();
  await heading(page, "New report");
  await button(page, "Create").click();
  await says(page, "Fill this in.");
  await page.getByLabel("Title").fill("A first title");
  await page.getByRole("combobox", { name: "Dissemination level" }).click();
  await page.getByRole("option", { name: "PU: public" }).click();
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
  await page.getByLabel("Title").fill(TITLE);
  await server.change("reports/REP-1", { title: "Somebody else’s", edition: "1.0" });
  await button(page, "Save").click();
  await says(page, "Somebody else saved REP-1");
  await page.getByRole("radio", { name: /Yours/ }).check();
  await button(page, "Save with these choices").click();
  await heading(page, TITLE);
  await says(page, "version 1.0");

  await step(page, "Submit for review", "In review");
  await says(page, "Somebody else has to approve this");
  assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);

  const reviewer = await person(browser);
  const desk = await open(reviewer, "rita", "/reports?state=in_review");
  await desk.getByRole("link", { name: TITLE }).click();
  await step(desk, "Approve", "Approved");
  assert.equal(await desk.getByRole("button", { name: "Publish" }).count(), 0);
  await leave(reviewer);

  await page.reload();
  await step(page, "Publish", "Published");
  const whole = JSON.parse(await download(page, /json/i));
  assert.deepEqual(
    [whole.format, whole.cover.title, whole.cover.edition, whole.cover.is_preview],
    ["gapmap-report", TITLE, "1.0", false],
  );
  const html = await download(page, /html/i);
  assert.ok(html.startsWith("<!") && html.includes(TITLE));
  await leave(analyst);
});

it("a number leads to its gaps, a gap to the sentence in the map, and back to the same place", async () => {
  const reader = await person(browser);
  const page = await open(reader, "rita", "/reports/REP-1");
  const { gaps } = await server.api("GET", "reports/REP-1/preview");
  const covered = gaps.filter((it) => it.light === "green");
  const gap = covered.find((it) => it.mentions.length > 0);
  await page.getByRole("link", { name: `${covered.length} Covered`, exact: true }).click();
  await says(page, `${covered.length} of ${gaps.length} shown`);
  await page.locator("summary").filter({ hasText: gap.title }).click();
  const quote = page.locator("#gaps").getByRole("link", { name: gap.mentions[0].text });
  await quote.waitFor();
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
  const node = page.locator("[role=treeitem][data-active]");
  await node.filter({ hasText: gap.mentions[0].text }).waitFor();
  await leave(reader);
});

it("nothing serious or critical, wide and on a phone", async () => {
  // One group's gaps are enough to look at: how much there is changes nothing for who reads it.
  const groups = (await server.api("GET", "groups?q=Cross")).items.map((it) => it.id);
  await server.api("POST", "reports", { title: "A draft", scope: { groups, sessions: [] } });
  const pages = {
    "/reports/REP-2": async (page) => {
      await page.locator("#gaps summary").first().click();
      await page.locator("#solutions summary").first().click();
    },
    "/reports/REP-2/edit": (page) => page.getByLabel("Title").waitFor(),
  };
  const phone = await person(browser, PHONE);
  const page = await open(phone, "ana", "/reports");
  const found = [];
  for (const [it, act] of Object.entries(pages)) {
    found.push(...(await faults(page, server.url + it, act)));
  }
  await leave(phone);
  const desk = await person(browser);
  const wide = await open(desk, "ana", "/reports/REP-2");
  await pages["/reports/REP-2"](wide);
  assert.deepEqual([...found, ...(await seriousHere(wide))], []);
  await leave(desk);
});
