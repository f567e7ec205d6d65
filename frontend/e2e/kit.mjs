/**
 * What the browser tests share: a real server on a database of its own, killed and started at will,
 * and browser windows that fail a test by any error or breach of the content policy.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

/** The program under test. */
function program() {
  const path = process.env.GAPMAP_BIN;
  if (!path) throw new Error("set GAPMAP_BIN to the gapmap program that these tests shall run");
  return path;
}

const EMAIL = "ines@example.org";
const PASSWORD = "correct horse battery";

/** One server process after another on one database. */
export class Gapmap {
  folder = mkdtempSync(path.join(tmpdir(), "gapmap-e2e-"));
  database = `sqlite:${path.join(this.folder, "gapmap.db")}`;
  /** The link that the first administrator signs in by, where the server printed one. */
  signInLink = null;
  token = "";
  port = 0;
  child = null;

  /** Serves a new database; with `account`, it has an administrator and a token for `api`. */
  static async start({ demo = false, account = true } = {}) {
    const server = new Gapmap();
    if (account) server.addAccount();
    await server.serve(demo);
    return server;
  }

  /** Makes an administrator for `signIn`, and a token for `api`. */
  addAccount() {
    const add = ["user", "add", EMAIL, "--name", "Ines Marek", "--role", "admin"];
    this.run([...add, "--password-stdin"], `${PASSWORD}\n`);
    this.token = this.run(["token", "create", "--user", EMAIL]).trim();
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the server, at the same port as before. */
  async serve(demo = false) {
    const args = ["serve", "--database", this.database, "--listen", `127.0.0.1:${this.port}`];
    this.child = spawn(program(), demo ? [...args, "--demo"] : args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, GAPMAP_LOG_LEVEL: "error" },
    });
    const isNew = this.port === 0 && this.token === "";
    for await (const line of createInterface({ input: this.child.stdout })) {
      const port = line.match(/listens on http:\/\/127\.0\.0\.1:(\d+)/)?.[1];
      if (port) this.port = Number(port);
      this.signInLink = line.match(/http:\S+\/welcome\?token=\w+/)?.[0] ?? this.signInLink;
      if (this.port !== 0 && (this.signInLink || !(isNew || demo))) return;
    }
    throw new Error("the server ended before it listened");
  }

  /** Ends the server without a warning, as a power cut does. */
  async kill() {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Ends the server and forgets its database. */
  async stop() {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  /** Calls the API in the administrator's name, or with `token` in another's. */
  async api(method, call, body, token = this.token) {
    const answer = await fetch(`${this.url}/api/v1/${call}`, {
      method,
      headers: {
        ...(body && { "content-type": "application/json" }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${call}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  /** Changes something that carries a version, as it is now. */
  async change(call, body) {
    const { version } = await this.api("GET", call);
    return this.api("PATCH", call, { version, ...body });
  }

  /** A session with a map and a join link. */
  async workshop({ title = "What is missing", role = "editor" } = {}) {
    const group = await this.api("POST", "groups", { name: "Borders", scope: "EU", origin: "e2e" });
    const session = await this.api("POST", "sessions", { title: "Workshop", groups: [group.id] });
    const map = await this.api("POST", "maps", { session: session.id, title });
    const invite = await this.api("POST", "invites", { session: session.id, role });
    return { session: session.id, map: map.id, invite, code: invite.code };
  }

  /** Gives a session its agenda. */
  async agenda(session, rounds) {
    const { version } = await this.api("GET", `sessions/${session}/rounds`);
    return this.api("PUT", `sessions/${session}/rounds`, { version, rounds });
  }

  /** The map as the server reads it, as indented text, line breaks within a node as U+2028. */
  async outline(map) {
    const lines = (node, depth) =>
      `${"\t".repeat(depth)}${node.text.replaceAll("\n", "\u2028")}\n` +
      node.children.map((child) => lines(child, depth + 1)).join("");
    return lines(await this.api("GET", `maps/${map}/tree`), 0);
  }

  run(args, input = "") {
    const options = { input, encoding: "utf8" };
    return execFileSync(program(), [...args, "--database", this.database], options);
  }
}

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens the browser of this machine, or the one that CHROMIUM names. */
export function browse() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A desktop's window. */
export const WIDE = { viewport: { width: 1280, height: 800 } };
/** A phone's, touched and without a mouse. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};

/**
 * What a browser is given to have the app on the device, too, as everybody has it. Keeping it costs each new browser
 * some 140 files, so only tests that are about it do.
 */
export const KEEPS_APP = { serviceWorkers: "allow" };

/** What a browser says by itself when the network or the server is not there. */
const AWAY = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INTERNET_DISCONNECTED|EMPTY_RESPONSE)/;
/** What it says of a socket that the test cut. */
const CUT = /WebSocket connection to .* failed/;
const complaints = new WeakMap();

/** A person's browser: own cookies, own storage. `expected` are errors that the test is about. */
export async function person(browser, options = WIDE, expected = []) {
  const context = await browser.newContext({
    reducedMotion: "reduce",
    serviceWorkers: "block",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const said = [];
  complaints.set(context, said);
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // biome-ignore lint/suspicious/noConsole: it is the console that the test listens to.
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const isFine = (text) => [AWAY, CUT, ...expected].some((known) => known.test(text));
  context.on("weberror", (error) => said.push(String(error.error().stack)));
  context.on("console", (message) => {
    if (message.type() === "error" && !isFine(message.text())) said.push(message.text());
  });
  return context;
}

/** Closes a person's browser; fails if it complained about anything. */
export async function leave(context) {
  await context.close();
  assert.deepEqual(complaints.get(context), [], "errors on the console");
}

/** Joins by a link as anyone does, and waits for the map. */
export async function join(context, url, name) {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("Your name in this session").fill(name);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.getByRole("tree").waitFor();
  await saved(page);
  return page;
}

/** Gives a browser its place in a session without a page: for tests that are about something else. */
export async function takeSeat(context, server, code, name) {
  const answer = await context.request.post(`${server.url}/api/v1/join`, {
    data: { invite: code, name },
  });
  assert.ok(answer.ok(), await answer.text());
  return (await answer.json()).participant;
}

/** Signs in with a password. */
export async function signIn(context, server) {
  const page = await context.newPage();
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("E-mail address").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Sessions" }).waitFor();
  return page;
}

/** Signs an account in without the page for it, and opens an address of the app. */
export async function openAs(context, server, email, password, address) {
  const answer = await context.request.post(`${server.url}/api/v1/sign-in`, {
    data: { email, password },
    headers: { origin: server.url },
  });
  assert.ok(answer.ok(), await answer.text());
  const page = await context.newPage();
  await page.goto(server.url + address);
  return page;
}

/** Opens a map as the facilitator of its session. */
export async function openAsHost(context, server, map) {
  const page = await signIn(context, server);
  await page.goto(`${server.url}/maps/${map}`);
  await saved(page);
  return page;
}

/** Waits until the bar says these words. */
export async function says(page, words) {
  await page.locator("[data-region=bar]").getByRole("button", { name: words }).waitFor();
}

/** Waits until the bar says that the server has everything on disk. */
export const saved = (page) => says(page, /^Saved$/);

/** A node's element on the map, or its row in the outline. */
export const node = (page, text) =>
  page.getByRole("treeitem").filter({ has: page.getByText(text, { exact: true }) });

/** Gives the map or the outline the keyboard. */
export async function focusMap(page) {
  await page.locator("[data-region=stage] [tabindex='0']").first().focus();
}

/** Waits until the page has drawn what it knows. */
export async function drawn(page) {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** Presses keys one after another. */
export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Presses Tab until something with this name has the focus, and sees that the focus shows. */
export async function tabTo(page, name) {
  const focused = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      // A card that is one link shows it round the whole card.
      const rings = [getComputedStyle(at), getComputedStyle(at, "::after")];
      const label = at.labels?.[0]?.textContent ?? "";
      return {
        name: at === document.body ? "" : at.getAttribute("aria-label") || label || at.textContent,
        shows: rings.some(
          ({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none",
        ),
      };
    });
  const met = new Set();
  for (let step = 0; step < 60; step++) {
    await press(page, "Tab");
    const at = await focused();
    met.add(at.name.slice(0, 30));
    if (!at.name.includes(name)) continue;
    await until(focused, ({ shows }) => shows, `the focus on ${name} can be seen`, 2_000);
    return;
  }
  assert.fail(`Tab never came to ${name}, but to ${[...met].join(", ")}`);
}

/**
 * The whole map as this page has it, as indented text: what it copies when everything is selected.
 * The page draws only what is in view, but copies from what it knows.
 */
export async function outlineOf(page) {
  await focusMap(page);
  await press(page, "Control+Home");
  return page.evaluate(() => {
    const clipboardData = new DataTransfer();
    const at = document.querySelector("[role=treeitem][tabindex='0']");
    const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
    (at ?? document.querySelector("[role=tree]")).dispatchEvent(event);
    return clipboardData.getData("text/plain");
  });
}

/** Waits until `read` gives what `isIt` wants; fails with what it last gave. */
export async function until(read, isIt, what = "the condition", ms = 15_000) {
  const end = Date.now() + ms;
  let value = await read();
  while (!isIt(value)) {
    if (Date.now() > end) assert.fail(`${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise((next) => setImmediate(next));
    value = await read();
  }
  return value;
}
