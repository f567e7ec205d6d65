/** A table of solutions comes in with a preview, is carried out and taken back; another by a mapping, on a phone. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { seriousHere } from "./axe.mjs";
import { browse, Gapmap, leave, PHONE, person, signIn, WIDE } from "./kit.mjs";

const TABLE = `name,kind,provider,tags,date_checked
Helpline model,service,Theirs,prevention,2026-06-01
Course for helpers,training,,help|training,2026-06-01
=1+1,training,,,
`;

let server;
let browser;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  const body = { name: "Helpline model", kind: "service", provider: "Ours" };
  await server.api("POST", "solutions", { ...body, last_checked: "2026-06-01" });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

it("shows what a file would do, does it, and takes it back", async () => {
  const context = await person(browser, WIDE);
  const page = await signIn(context, server);
  await page.goto(`${server.url}/catalogue/imports`);
  await page.getByText("No imports yet").waitFor();
  await page.getByLabel("Choose a file").setInputFiles({
    name: "solutions.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(TABLE),
  });
  await page.getByRole("button", { name: "Show what it would do" }).click();

  await page.getByText("Ready for your decision").waitFor();
  await page.getByText("is a formula").waitFor();
  assert.deepEqual(await seriousHere(page), []);
  await page.getByLabel("Take the file's").click();
  await page.getByRole("button", { name: "Carry it out" }).click();
  await page.getByText("Carried out", { exact: true }).waitFor();
  const done = await solutions();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
  await page.getByText("Taken back", { exact: true }).waitFor();

  assert.deepEqual(done["Helpline model"], ["candidate", "Theirs", ["prevention"]]);
  assert.deepEqual(done["Course for helpers"], ["candidate", "", ["help", "training"]]);
  const undone = await solutions();
  assert.deepEqual(undone["Helpline model"], ["candidate", "Ours", []]);
  assert.equal(undone["Course for helpers"][0], "withdrawn");
  await page.reload();
  await page.getByText("Taken back", { exact: true }).waitFor();
  await leave(context);
});

it("maps the columns of any table, on a phone", async () => {
  const context = await person(browser, PHONE);
  const page = await signIn(context, server);
  await page.goto(`${server.url}/catalogue/imports`);
  await page.getByLabel("Choose a file").setInputFiles({
    name: "kurse.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Titel;Art\nErste Hilfe;Kurs\n"),
  });
  await page.getByRole("button", { name: "Show what it would do" }).click();
  await page.getByText("Say for at least one column where it goes.").waitFor();
  await page.getByLabel("Goes to: titel").click();
  await page.getByRole("option", { name: "Name", exact: true }).click();
  await page.getByLabel("Goes to: art").click();
  await page.getByRole("option", { name: "Kind", exact: true }).click();
  await page.getByLabel("Words stand for: art").fill("Kurs = training");
  await page.getByLabel("Keep it under a name").fill("Kurse");
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.getByText("Kept as Kurse").waitFor();
  await page.getByRole("button", { name: "Show what it would do" }).click();
  await page.getByText("Ready for your decision").waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.getByRole("button", { name: "Carry it out" }).click();
  await page.getByText("Carried out", { exact: true }).waitFor();

  assert.ok(wide <= 390, `the page is ${wide} wide`);
  assert.equal((await solutions())["Erste Hilfe"][0], "candidate");
  await leave(context);
});

async function solutions() {
  const { items } = await server.api("GET", "solutions");
  return Object.fromEntries(items.map((it) => [it.name, [it.state, it.provider, it.tags]]));
}
