/** What an administrator and a facilitator do beside a workshop: links to sign in, groups, words taken out, French. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { browse, Gapmap, leave, node, person, saved, signIn, until, WIDE } from "./kit.mjs";

const NAME = "Kestrel Underwood";

let server;
let browser;
let session;
let map;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  session = (await server.api("POST", "sessions", { title: "Erasing" })).id;
  map = (await server.api("POST", "maps", { session, title: "What is asked to go" })).id;
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

it("gives somebody a link that signs in once", async () => {
  const context = await person(browser, WIDE);
  const page = await signIn(context, server);
  const user = { name: "Bo", email: "bo@example.org", role: "analyst", password: "four words" };
  await server.api("POST", "users", user);
  await page.goto(`${server.url}/admin/users?role=analyst`);
  await page.getByRole("button", { name: "Actions for Bo" }).click();
  await page.getByRole("menuitem", { name: "Make a sign-in link" }).click();
  const link = await page.getByRole("dialog").locator("output").textContent();

  const other = await person(browser, WIDE);
  const bo = await other.newPage();
  await bo.goto(link);
  await bo.getByRole("heading", { name: "Welcome, Bo" }).waitFor();
  await leave(other);

  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.goto(`${server.url}/admin/audit`);
  await page.getByText(/^Verified: \d+ events/).waitFor();
  await leave(context);
});

it("takes a name out of a map, from the menu of an idea", async () => {
  const context = await person(browser, WIDE);
  const page = await signIn(context, server);
  await page.goto(`${server.url}/maps/${map}?view=map`);
  await saved(page);
  await page.locator("[data-region=stage] [tabindex='0']").first().focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type(`Ask ${NAME}`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await saved(page);

  await node(page, `Ask ${NAME}`).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Take words out…" }).click();
  const dialog = page.getByRole("dialog", { name: "Take words out of this map" });
  await dialog.getByLabel(/^And everything that holds/).fill(NAME.toLowerCase());
  await dialog.getByRole("button", { name: "Show what would go" }).click();
  await dialog.getByText("1 idea would lose its words").waitFor();
  await dialog.getByRole("button", { name: "Take out for good" }).click();

  await node(page, "[redacted]").waitFor();
  const tree = JSON.stringify(await server.api("GET", `maps/${map}/tree`));
  assert.ok(!tree.includes(NAME), tree);
  await leave(context);
});

it("speaks French to a browser that asks for it, with the server's notice", async () => {
  const { code } = await server.api("POST", "invites", { session, role: "editor" });
  const context = await person(browser, { ...WIDE, locale: "fr-BE" });
  const page = await context.newPage();
  await page.goto(`${server.url}/join/${code}`);

  await page.getByText("sous votre pseudonyme", { exact: false }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "fr");
  await page.getByRole("button", { name: "Langue" }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await page.getByText("under your pseudonym", { exact: false }).waitFor();
  await page.reload();
  const lang = () => page.locator("html").getAttribute("lang");
  await until(lang, (it) => it === "en", "the language that was chosen");
  await leave(context);
});
