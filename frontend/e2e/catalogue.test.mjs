/** The analyst's workbench: a gap and who may judge it, two people at one record, every page for everybody. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { faults } from "./axe.mjs";
import { browse, Gapmap, leave, openAs, PHONE, person, until, WIDE } from "./kit.mjs";

const PASSWORD = "four words in a row";
/** The browser itself writes to the console what the server refuses. */
const REFUSED = /the server responded with a status of 412/;

let server;
let browser;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  for (const [name, role] of [
    ["Ana Lyst", "analyst"],
    ["Rita View", "reviewer"],
    ["Olga Other", "analyst"],
  ]) {
    const email = `${name.split(" ")[0].toLowerCase()}@example.org`;
    await server.api("POST", "users", { email, name, role, password: PASSWORD });
  }
});

after(async () => {
  await browser.close();
  await server.stop();
});

const button = (page, name) => page.getByRole("button", { name, exact: true }).first();
const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();

/** Signs in and opens a page of the catalogue. */
const open = (context, who, address) =>
  openAs(context, server, `${who}@example.org`, PASSWORD, address);

it("a gap is made in a form that says what is missing, and a reviewer judges what they may not write", async () => {
  const analyst = await person(browser, WIDE, [REFUSED]);
  const page = await open(analyst, "ana", "/catalogue/gaps");
  await page.getByRole("link", { name: "New gap" }).first().click();
  await heading(page, "New gap");
  await button(page, "Create").click();
  await page.getByText("Fill this in.").waitFor();
  await page.getByLabel("Title").fill("Read a locked phone in the field");
  await page.getByLabel("Human").check();
  await button(page, "Create").click();
  await heading(page, "Read a locked phone in the field");
  await page.getByText("Not searched").waitFor();

  const solution = { name: "Course on locked phones", kind: "training", lifecycle: "in_use" };
  await server.api("POST", "solutions", solution);
  const rationale = "Officers who took it do it on their own.";
  const fit = { gap: "GAP-1", solution: "SOL-1", degree: "good", rationale };
  await server.api("POST", "fits", fit);
  const reviewer = await person(browser, WIDE, [REFUSED]);
  const sheet = await open(reviewer, "rita", "/catalogue/fits/FIT-1");
  await heading(sheet, /↔/);
  assert.equal(await sheet.getByRole("button", { name: "Edit" }).count(), 0);
  await button(sheet, "State: Proposed").click();
  await sheet.getByRole("menuitem", { name: "Set state: Accepted" }).click();
  await sheet.getByText("FIT-1 is now: Accepted").waitFor();
  await page.reload();
  await page.getByText("Covered", { exact: true }).waitFor();
  await page.goBack();
  await heading(page, "Gaps");
  await leave(reviewer);
  await leave(analyst);
});

it("two analysts at one gap see what differs, choose, and lose nothing", async () => {
  const gap = await server.api("POST", "gaps", { title: "Share findings across borders" });
  const edit = `/catalogue/gaps/${gap.number}/edit`;
  const first = await person(browser, WIDE, [REFUSED]);
  const second = await person(browser, WIDE, [REFUSED]);
  const here = await open(first, "ana", edit);
  const there = await open(second, "olga", edit);
  await here.getByLabel("Title").fill("Share findings quickly");
  await here.getByLabel("Description").fill("Each force has a form of its own.");
  await there.getByLabel("Title").fill("Share findings safely");
  await there.getByLabel("Constraints").fill("The law of both countries.");
  await button(there, "Save").click();
  await heading(there, "Share findings safely");

  await button(here, "Save").click();
  await here.getByText(`Somebody else saved ${gap.number}`).waitFor();
  await here.getByText("1 field is still to be chosen.").waitFor();
  await here.getByText("The law of both countries.").waitFor();
  await here.getByRole("radio", { name: /Theirs.*safely/ }).check();
  await button(here, "Save with these choices").click();

  await heading(here, "Share findings safely");
  const saved = await server.api("GET", `gaps/${gap.number}`);
  assert.deepEqual(
    [saved.title, saved.description, saved.constraints],
    ["Share findings safely", "Each force has a form of its own.", "The law of both countries."],
  );
  await leave(second);
  await leave(first);
});

it("what is not saved is left only when that is said, and an old number leads on", async () => {
  const kept = await server.api("POST", "gaps", { title: "Find help early" });
  const gone = await server.api("POST", "gaps", { title: "Find help sooner" });
  const analyst = await person(browser, WIDE, [REFUSED]);
  const page = await open(analyst, "ana", `/catalogue/gaps/${gone.number}/edit`);
  await page.getByLabel("Description").fill("Half a thought");
  await page.getByRole("link", { name: gone.number }).click();
  await button(page, "Cancel").click();
  assert.equal(await page.getByLabel("Description").inputValue(), "Half a thought");
  await page.getByRole("link", { name: gone.number }).click();
  await button(page, "Leave").click();
  await heading(page, "Find help sooner");

  await button(page, "More actions").click();
  await page.getByRole("menuitem", { name: "Merge…" }).click();
  await page.getByRole("combobox", { name: "Merge into" }).fill(kept.number);
  await page.getByRole("option", { name: /Find help early/ }).click();
  await page.getByText(`${gone.number} leads there from now on.`).waitFor();
  await button(page, "Merge").click();
  await heading(page, "Find help early");
  await page.getByText("Also known as").waitFor();
  await page.goto(`${server.url}/catalogue/gaps/${gone.number}`);
  await page.getByText(`${gone.number} is now part of ${kept.number}`).waitFor();
  await leave(analyst);
});

/** The pages with what opens on them. */
const PAGES = {
  "/catalogue/gaps?coverage=grey": (page) => button(page, "Filters (1)").click(),
  "/catalogue/gaps?q=nothing-has-this-name": (page) =>
    page.getByText("No gap fits these filters").waitFor(),
  "/catalogue/solutions": (page) => page.getByRole("listitem").first().waitFor(),
  "/catalogue/fits": (page) => page.getByRole("listitem").first().waitFor(),
  "/catalogue/evidence": (page) => page.getByText("Page on the course").waitFor(),
  "/catalogue/gaps/GAP-1": (page) => page.getByText("Made").first().waitFor(),
  "/catalogue/gaps/GAP-1?score": async (page) => {
    await button(page, "Actions for FIT-1").click();
    await page.getByRole("menuitem", { name: "Score" }).click();
    await page.getByText("Not my domain").first().waitFor();
  },
  "/catalogue/gaps/GAP-1?fit": async (page) => {
    await button(page, "Propose a fit").click();
    await page.getByRole("combobox", { name: "Solution" }).click();
    await page.getByRole("option").first().waitFor();
  },
  "/catalogue/gaps/GAP-1/edit": (page) => page.getByLabel("Title").waitFor(),
  "/catalogue/solutions/SOL-1": (page) => page.getByText("Page on the course").waitFor(),
  "/catalogue/solutions/new": async (page) => {
    await button(page, "Create").click();
    await page.getByText("Fill this in.").first().waitFor();
  },
  "/catalogue/evidence/EVI-1": (page) => heading(page, "Page on the course"),
  "/catalogue/coverage": (page) => page.getByRole("img", { name: /in rows/ }).waitFor(),
  "/catalogue/coverage?view=table": (page) => page.getByRole("cell", { name: "Good" }).waitFor(),
  "/catalogue/watch": (page) => page.getByText("Fits to be judged").waitFor(),
  "/catalogue/search": (page) => page.getByText("Type what you look for").waitFor(),
  "/catalogue/tags": (page) => button(page, "New tag").click(),
};

describe("nothing serious or critical", () => {
  before(async () => {
    const source = { title: "Page on the course", kind: "project_page", conflict: true };
    await server.api("POST", "evidence", { target: "solution:SOL-1", ...source });
    await server.api("POST", "tags", { scheme: "theme", name: "phones", about: "Telephones." });
  });

  for (const [size, options] of [
    ["wide", WIDE],
    ["on a phone", PHONE],
  ]) {
    it(`for an analyst, ${size}`, async () => {
      const analyst = await person(browser, options, [REFUSED]);
      const page = await open(analyst, "ana", "/catalogue/gaps");
      const found = [];
      for (const [address, act] of Object.entries(PAGES)) {
        found.push(...(await faults(page, server.url + address, act)));
      }
      assert.deepEqual(found, []);
      await leave(analyst);
    });
  }
});

it("a list of hundreds is walked page by page, back and forth, and a page's address can be shared", async () => {
  const reader = await person(browser, WIDE, [REFUSED]);
  for (let n = 1; n <= 60; n++)
    await server.api("POST", "solutions", { name: `Tool ${n}`, kind: "dataset" });
  const page = await open(reader, "rita", "/catalogue/solutions?kind=dataset&sort=number");
  const first = () => page.locator("main li a").first().textContent();
  await until(first, (title) => title === "Tool 1", "the first page");
  await button(page, "Next").click();
  await until(first, (title) => title === "Tool 51", "the second page");
  await page.reload();
  await until(first, (title) => title === "Tool 51", "the same page again");
  await button(page, "Previous").click();
  await until(first, (title) => title === "Tool 1", "the first page again");
  assert.equal(await page.getByRole("link", { name: "New solution" }).count(), 0);
  await leave(reader);
});
