/** What an administrator and a facilitator do beside a workshop: links to sign in, groups, words taken out, French. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import {
  browse,
  focusMap,
  Gapmap,
  join,
  leave,
  node,
  PHONE,
  person,
  press,
  saved,
  signIn,
  until,
  WIDE,
} from "./kit.mjs";

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
  // Also of whom has lost the password so far.
  await bo.getByLabel("New password").fill("four other words");
  await bo.getByRole("button", { name: "Set password" }).click();
  await bo.getByText("Password set").waitFor();
  await leave(other);

  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.goto(`${server.url}/admin/audit`);
  await page.getByText(/^Verified: \d+ events/).waitFor();
  await narrowsTheLog(page);
  await leave(context);
});

/** By kind, by one actor that is pressed, and by day; the address and the back button keep it. */
async function narrowsTheLog(page) {
  const lines = page.getByRole("row").filter({ has: page.getByRole("cell") });
  const others = lines.filter({ hasNot: page.getByRole("button", { name: /^user\./ }) });
  const choose = async (what, option) => {
    await page.getByRole("combobox", { name: what, exact: true }).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  await choose("What", "Accounts");
  await until(
    () => others.count(),
    (n) => n === 0,
    "acts on accounts only",
  );
  await choose("Who", "Commands on the server");
  await until(
    () => lines.count(),
    (n) => n === 1,
    "the account that a command made",
  );
  await page.getByRole("button", { name: "Show all" }).click();
  await lines.getByRole("button", { name: "user.link" }).first().click();
  await until(
    () => lines.count(),
    (n) => n === 1,
    "what was pressed",
  );
  assert.match(page.url(), /action=user\.link/);
  await page.getByLabel("Until").fill("2020-01-01");
  await page.getByText("Nothing in the log fits").waitFor();
  await page.reload();
  await page.getByText("Nothing in the log fits").waitFor();
  await page.goBack();
  await until(
    () => lines.count(),
    (n) => n === 1,
    "as before",
  );
}

it("erases who somebody is, and keeps what they wrote", async () => {
  const [context, guest] = [await person(browser, WIDE), await person(browser, WIDE)];
  const { url } = await server.api("POST", "invites", { session, role: "editor" });
  const ann = await join(guest, url, "Ann Example");
  await focusMap(ann);
  await press(ann, "Control+Home", "Tab");
  await ann.keyboard.type("What Ann wrote");
  await press(ann, "Enter");
  await saved(ann);

  const page = await signIn(context, server);
  await page.goto(`${server.url}/sessions/${session}`);
  await page.getByRole("button", { name: "Erase who Ann Example is" }).click();
  const question = page.getByRole("dialog");
  await question.getByText("What they wrote stays in the maps").waitFor();
  await question.getByRole("button", { name: "Erase", exact: true }).click();
  await page
    .getByRole("button", { name: "Erase who Ann Example is" })
    .waitFor({ state: "detached" });
  await ann.getByText("This page is not connected to the map.").waitFor();
  const people = JSON.stringify(await server.api("GET", `maps/${map}/people`));
  assert.ok(!people.includes("Ann"), people);
  assert.match(await server.outline(map), /What Ann wrote/);
  await leave(context);
  await leave(guest);
});

it("lets a guest leave on a device that others use next", async () => {
  const guest = await person(browser, PHONE, [/status of 401/]);
  const { url } = await server.api("POST", "invites", { session, role: "editor" });
  const page = await join(guest, url, "Heron-12");
  const address = page.url();
  await page.getByRole("button", { name: /here$/ }).tap();
  await page.getByRole("button", { name: "Leave the session" }).tap();
  const question = page.getByRole("dialog", { name: "Leave this session on this device?" });
  await question.getByText("under the name Heron-12").waitFor();
  await question.getByRole("button", { name: "Leave", exact: true }).tap();
  await page.getByText("You have left the session").first().waitFor();
  await page.getByLabel("Code from the screen").waitFor();
  const kept = await page.evaluate(async () => {
    const request = indexedDB.open("gapmap-maps");
    const database = await new Promise((done) => {
      request.onsuccess = () => done(request.result);
    });
    const counts = [...database.objectStoreNames].map((name) => {
      const count = database.transaction(name).objectStore(name).count();
      return new Promise((done) => {
        count.onsuccess = () => done(count.result);
      });
    });
    return Promise.all(counts);
  });
  assert.deepEqual(
    kept,
    kept.map(() => 0),
    "no words are kept on the device",
  );
  await page.goto(address);
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByRole("tree").count(), 0);
  const again = await join(guest, url, "Finch-20");
  await again.getByRole("button", { name: /here$/ }).tap();
  await again.getByText("Finch-20").first().waitFor();
  await leave(guest);
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
