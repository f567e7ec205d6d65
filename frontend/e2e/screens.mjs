/**
 * Takes the pictures of the README and of docs/screens.md from a server with demonstration data.
 *
 *   npm run build && GAPMAP_BIN=../target/debug/gapmap node e2e/screens.mjs [folder]
 */
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import {
  browse,
  focusMap,
  Gapmap,
  leave,
  PHONE,
  person,
  press,
  saved,
  takeSeat,
  WIDE,
} from "./kit.mjs";

const FOLDER = process.argv[2] ?? path.join(import.meta.dirname, "../../docs/images");

/** Who is at which node of the demonstration's map. */
const WORDS = {
  heron: "Fear of being judged, or reported, for asking",
  badger: "A directory that services keep up to date themselves",
  mine: "Confidential help that is easy to find and close enough to reach",
};

/** Writes one picture, without a blinking caret or a half-done fade in it. */
async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const file = path.join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file, animations: "disabled", scale: "css" });
}

/** Opens a map at a node and waits until it is there. */
async function open(context, server, map, view, text) {
  const find = (at) => (at.text === text ? at.id : at.children.map(find).find(Boolean));
  const id = find(await server.api("GET", `maps/${map}/tree`));
  const page = await context.newPage();
  await page.goto(`${server.url}/maps/${map}?view=${view}&node=${id}`);
  await page.getByRole("treeitem").filter({ hasText: text }).waitFor();
  await saved(page);
  return page;
}

/** Sessions, one session and the way in. */
async function aroundMaps(page, server, { session, code }) {
  await page.goto(`${server.url}/`);
  await page.getByRole("listitem").first().waitFor();
  await picture(page, "sessions");
  await page.goto(`${server.url}/sessions/${session}`);
  await page
    .getByRole("img", { name: /^QR code/ })
    .first()
    .waitFor();
  await page.waitForLoadState("networkidle");
  await picture(page, "session");
  const guest = await person(page.context().browser(), PHONE);
  const join = await guest.newPage();
  await join.goto(`${server.url}/join/${code}`);
  await join.getByRole("button", { name: "Join", exact: true }).waitFor();
  await picture(join, "join");
  await leave(guest);
}

/** The map with two people in it, wide and on a phone, light and dark. */
async function inMaps(admin, server, { map, code }) {
  const phone = await person(admin.browser(), PHONE);
  const guest = await person(admin.browser(), WIDE);
  await takeSeat(phone, server, code, "Badger-07");
  await takeSeat(guest, server, code, "Heron-12");
  const there = await open(guest, server, map, "map", WORDS.heron);
  await focusMap(there);
  await press(there, "F2");
  const small = await open(phone, server, map, "outline", WORDS.badger);
  await picture(small, "phone-outline");
  await small.close();
  await picture(await open(phone, server, map, "map", WORDS.badger), "phone-map");
  for (const [name, colorScheme] of [
    ["map", "light"],
    ["map-dark", "dark"],
  ]) {
    const page = await open(admin, server, map, "map", WORDS.mine);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.getByRole("button", { name: "3 people" }).waitFor();
    for (const initials of [/^H1$/, /^B7$/]) {
      await page.locator("[data-region=stage] span", { hasText: initials }).waitFor();
    }
    await page.mouse.move(300, 400);
    await page.mouse.wheel(90, -130);
    await picture(page, name);
    await page.close();
  }
  await leave(phone);
  await leave(guest);
}

const NIGHT = "What stands in the way at night?";
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Before a workshop: a session from a template, and its agenda. */
async function prepared(page, server, session) {
  await page.goto(`${server.url}/`);
  await button(page, "New session").first().click();
  await page.getByRole("radio", { name: /^THOR/ }).waitFor({ state: "attached" });
  await picture(page, "new-session");
  await page.goto(`${server.url}/sessions/${session}`);
  await button(page, "Edit agenda").click();
  await page.getByRole("button", { name: /^Round 5/ }).click();
  await picture(page, "agenda");
}

/** A workshop: writing in silence on a phone, running it, voting, and the big screen. */
async function workshop(admin, server, groups) {
  const body = { title: NIGHT, groups, template: "challenge-gap-need" };
  const { id: session } = await server.api("POST", "sessions", body);
  const { code } = await server.api("POST", "invites", { session, role: "editor" });
  const { items } = await server.api("GET", `maps?session=${session}`);
  const address = `${server.url}/maps/${items[0].id}`;
  const page = await admin.newPage();
  await prepared(page, server, session);
  await page.goto(address);
  await saved(page);
  await button(page, "Run the session").click();
  await button(page, "Start the first round").click();
  const phone = await person(admin.browser(), PHONE);
  await takeSeat(phone, server, code, "Badger-07");
  const small = await phone.newPage();
  await small.goto(address);
  await small.getByRole("dialog").waitFor();
  await picture(small, "phone-late");
  await button(small, "Start").tap();
  for (const idea of ["Nobody answers after ten", "Forms in one language only"]) {
    await small.getByLabel("A new idea").fill(idea);
    await press(small, "Enter");
    await small.getByRole("listitem").filter({ hasText: idea }).waitFor();
  }
  await picture(small, "phone-silent");
  await page.getByText("2 ideas so far").waitFor();
  await page.getByRole("treeitem").filter({ hasText: "Challenges" }).click();
  await picture(page, "run");
  await page.getByRole("button", { name: /^Reveal under/ }).click();
  await button(page, "Reveal").click();
  await button(page, "Start “What matters most”").click();
  await small.getByRole("treeitem").filter({ hasText: "Nobody answers" }).tap();
  await button(small, "Give a vote").tap();
  await small.getByText("4 of 5 left").waitFor();
  await picture(small, "phone-vote");
  await page.goto(`${address}?projector=1`);
  await page.getByRole("img", { name: /^QR code/ }).waitFor();
  await page.getByRole("treeitem").first().waitFor();
  await picture(page, "projector");
  await page.close();
  await leave(phone);
  await afterwards(admin, server, items[0].id, session);
}

/** After the workshop above: how the map came about, and what two places of it differ in. */
async function afterwards(admin, server, map, session) {
  await server.change(`sessions/${session}`, { state: "closed" });
  const page = await admin.newPage();
  await page.goto(`${server.url}/maps/${map}/timeline`);
  await page.getByRole("slider", { name: "Point in time" }).waitFor();
  const checkpoints = page.getByRole("button", { name: /^Checkpoint “/ });
  await checkpoints.first().waitFor();
  await page.getByRole("treeitem").filter({ hasText: "Nobody answers" }).click();
  await picture(page, "timeline");
  const side = page.getByRole("complementary");
  await side.getByRole("button", { name: "Compare", exact: true }).click();
  await side.getByText(/differences?$/).waitFor();
  await side.getByText(/differences?$/).evaluate((it) => it.scrollIntoView({ block: "center" }));
  await picture(page, "compare");
  await page.close();
}

/** What analysts have: gaps and what fits them, what a report makes of it, and the way from the map. */
async function catalogue(admin, server, map) {
  const page = await admin.newPage();
  for (const [name, address] of [
    ["gaps", "catalogue/gaps"],
    ["gap", "catalogue/gaps/GAP-5"],
    ["coverage", "catalogue/coverage"],
    ["watch", "catalogue/watch"],
    ["reports", "reports"],
    ["report", "reports/REP-1"],
  ]) {
    await page.goto(`${server.url}/${address}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    await picture(page, name);
  }
  await page.close();
  const linking = await open(admin, server, map, "map", WORDS.mine);
  await focusMap(linking);
  await press(linking, "Control+k");
  await linking.getByRole("option").first().waitFor();
  await picture(linking, "link");
  await linking.close();
}

/** What an administrator has. */
async function administration(admin, server) {
  const page = await admin.newPage();
  for (const [name, role] of [
    ["Bo Lind", "facilitator"],
    ["Cleo Vance", "analyst"],
  ]) {
    const email = `${name.split(" ")[0].toLowerCase()}@example.org`;
    await server.api("POST", "users", { name, email, role, password: "four plain words" });
  }
  for (const name of ["users", "groups", "tokens"]) {
    await page.goto(`${server.url}/admin/${name}`);
    await page.getByRole("row").nth(1).waitFor();
    await picture(page, name);
  }
  await page.goto(`${server.url}/admin/audit?action=session`);
  await page.getByText(/^Verified/).waitFor();
  await page.getByRole("row").nth(1).waitFor();
  await picture(page, "audit");
  await page.close();
}

/** The doors: for those who have a code, and for those who have an account; and in French. */
async function doors(browser, server, { code, map }) {
  const guest = await person(browser, WIDE);
  const page = await guest.newPage();
  await page.goto(server.url);
  await page.getByLabel("Code from the screen").waitFor();
  await picture(page, "start");
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("Password").waitFor();
  await picture(page, "sign-in");
  await leave(guest);
  const french = await person(browser, { ...PHONE, locale: "fr-BE" });
  const small = await french.newPage();
  await small.goto(`${server.url}/join/${code}`);
  await small.getByText("sous votre pseudonyme", { exact: false }).waitFor();
  await picture(small, "phone-join-french");
  await takeSeat(french, server, code, "Blaireau-07");
  await small.goto(`${server.url}/maps/${map}?view=outline`);
  await small.getByRole("treeitem").first().waitFor();
  await small.getByRole("button", { name: /^Enregistré$/ }).waitFor();
  await picture(small, "phone-outline-french");
  await leave(french);
}

mkdirSync(FOLDER, { recursive: true });
const server = await Gapmap.start({ demo: true, account: false });
const browser = await browse();
try {
  server.token = server.run(["token", "create", "--user", "admin@localhost"]).trim();
  const { items: sessions } = await server.api("GET", "sessions?limit=100");
  const session = sessions.find(({ state }) => state === "live").id;
  const { items: maps } = await server.api("GET", `maps?session=${session}`);
  const invite = await server.api("POST", "invites", { session, role: "editor" });
  const admin = await person(browser, WIDE);
  const page = await admin.newPage();
  await page.goto(server.signInLink);
  await page.getByRole("link", { name: "Not now" }).click();
  await page.getByRole("heading", { name: "Sessions" }).waitFor();
  await aroundMaps(page, server, { session, code: invite.code });
  const map = maps.find(({ title }) => title.startsWith("Helping people")).id;
  await inMaps(admin, server, { map, code: invite.code });
  const { items: groups } = await server.api("GET", "groups?limit=1");
  await workshop(admin, server, [groups[0].id]);
  await catalogue(admin, server, map);
  await administration(admin, server);
  await doors(browser, server, { code: invite.code, map });
  await page.close();
  await leave(admin);
} finally {
  await browser.close();
  await server.stop();
}
