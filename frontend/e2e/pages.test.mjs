/** Every page, wide and on a phone, light and dark: for everybody, by keyboard alone, and where a way ends. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { faults } from "./axe.mjs";
import {
  browse,
  Gapmap,
  leave,
  PHONE,
  person,
  press,
  saved,
  signIn,
  tabTo,
  until,
  WIDE,
} from "./kit.mjs";

/** The browser itself writes to the console what the server refuses. */
const REFUSED = /the server responded with a status of 4\d\d/;

let server;
let browser;
let visitor;
let workshop;

before(async () => {
  // Without an account at first: only then does the server print a sign-in link.
  server = await Gapmap.start({ account: false });
  server.addAccount();
  browser = await browse();
  workshop = await server.workshop();
});

after(async () => {
  await browser.close();
  await server.stop();
});

const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();
const button = (page, name) => page.getByRole("button", { name }).first();

/** The pages as a visitor without an account meets them. */
const VISITOR = {
  "/": (page) => button(page, "Join").click(),
  "/sign-in": async (page) => {
    await page.getByLabel("E-mail address").fill("nobody@example.org");
    await page.getByLabel("Password").fill("not this one");
    await button(page, "Sign in").click();
    await page.getByRole("alert").first().waitFor();
  },
  "/join": (page) => button(page, "Join").waitFor(),
  "/join/CODE": (page) => button(page, "Join").waitFor(),
  "/join/ZZZZ9999": (page) => page.getByRole("alert").waitFor(),
  "/welcome?token=not-a-token": (page) => page.getByRole("alert").waitFor(),
  "/nothing/here": (page) => heading(page, "There is nothing here"),
};

/** The pages of an administrator, with what opens on them. */
const ADMIN = {
  "/?": (page) => page.getByRole("listitem").first().waitFor(),
  "/?new": async (page) => {
    await button(page, "New session").click();
    await button(page, "Create session").click();
    await page.getByRole("alert").first().waitFor();
  },
  "/?q=nothing-has-this-name": (page) => page.getByText("No session fits").waitFor(),
  "/sessions/SESSION": (page) => page.getByRole("img", { name: /^QR code/ }).waitFor(),
  "/sessions/SESSION?menu": (page) => button(page, "More actions").click(),
  "/sessions/SESSION?close": (page) => button(page, "Close session").click(),
  "/sessions/SESSION?full": async (page) => {
    await button(page, "Show full screen").click();
    await page.getByText("Or scan").waitFor();
  },
  "/admin/users": (page) => button(page, "New user").click(),
  "/admin/tokens": (page) => heading(page, "API tokens"),
  "/admin/users?role=admin": (page) => heading(page, "Users"),
  "/admin/groups": (page) => button(page, "New group").click(),
  "/admin/audit": (page) => page.getByText(/^Verified/).waitFor(),
  "/admin/audit?actor=account": async (page) => {
    await page.getByRole("combobox", { name: "Who" }).click();
    await page.getByRole("option", { name: "The server itself" }).waitFor();
  },
  "/maps/MAP/timeline": (page) => page.getByRole("slider").waitFor(),
  "/maps/MAP?projector=1": (page) => page.getByRole("tree").waitFor(),
  "/maps/MAP?view=map&people": (page) => button(page, /here$/).click(),
  "/maps/MAP?view=map": (page) => page.getByRole("treeitem").first().click(),
  "/maps/MAP?view=map&help": async (page) => {
    await page.getByRole("treeitem").first().click();
    await press(page, "?");
    await page.getByRole("dialog").waitFor();
  },
  "/maps/MAP?view=map&relate": async (page) => {
    await page.getByRole("treeitem").first().click();
    await press(page, "Control+Shift+l");
    await page.getByRole("combobox", { name: "Find the idea to relate to" }).fill("What");
    await page.getByRole("option").first().waitFor();
  },
  "/maps/MAP?view=outline": (page) => page.getByRole("treeitem").first().click(),
  "/maps/MAP?view=trash": (page) => page.getByText("Nothing has been deleted").waitFor(),
  "/maps/MAP?view=map&redact": async (page) => {
    await page.getByRole("treeitem").first().click({ button: "right" });
    await page.getByRole("menuitem", { name: "Take words out…" }).click();
    await button(page, "Show what would go").click();
    await page.getByText("would lose its words").waitFor();
  },
};

/** Opens each page and holds it to the rules. */
async function inspect(page, pages) {
  const found = [];
  for (const [address, open] of Object.entries(pages)) {
    const { session, map, code } = workshop;
    const place = { SESSION: session, MAP: map, CODE: code };
    const there = server.url + address.replace(/SESSION|MAP|CODE/, (name) => place[name]);
    found.push(...(await faults(page, there, open)));
  }
  assert.deepEqual(found, []);
}

describe("nothing serious or critical", () => {
  for (const [size, options] of [
    ["wide", WIDE],
    ["on a phone", PHONE],
  ]) {
    it(`for a visitor, ${size}`, async () => {
      visitor = await person(browser, options, [REFUSED]);
      await inspect(await visitor.newPage(), VISITOR);
      await leave(visitor);
    });

    it(`for an administrator, ${size}`, async () => {
      const admin = await person(browser, options);
      await inspect(await signIn(admin, server), ADMIN);
      await leave(admin);
    });
  }
});

describe("by keyboard alone", () => {
  it("one signs in, opens a session and its map, writes, and goes back", async () => {
    const context = await person(browser);
    const page = await context.newPage();
    await page.goto(`${server.url}/sign-in`);
    await heading(page, "Sign in");
    await tabTo(page, "E-mail address");
    await page.keyboard.type("ines@example.org");
    await tabTo(page, "Password");
    await page.keyboard.type("correct horse battery");
    await press(page, "Enter");
    await heading(page, "Sessions");
    await page.getByRole("link", { name: "Workshop" }).waitFor();
    await tabTo(page, "Workshop");
    await press(page, "Enter");
    await page.getByRole("link", { name: "Open What is missing" }).waitFor();
    await tabTo(page, "Open What is missing");
    await press(page, "Enter");
    await page.locator("[role=tree]:focus").waitFor();
    await press(page, "F6"); // Out of the map, in which Tab writes.
    await tabTo(page, "Outline");
    await press(page, "Enter");
    await page.getByRole("tree", { name: "Map as an outline" }).waitFor();
    await page.locator("[role=treeitem]:focus").waitFor();
    await press(page, "Tab");
    await page.keyboard.type("By keys alone");
    await press(page, "Enter");
    await saved(page);
    await until(
      () => server.outline(workshop.map),
      (words) => words === "What is missing\n\tBy keys alone\n",
      "written",
    );
    await page.goBack();
    await page.getByRole("tree", { name: "Mind map" }).waitFor();
    await page.goBack();
    await heading(page, "Workshop");
    await page.goBack();
    await heading(page, "Sessions");
    await leave(context);
  });
});

describe("where a way ends", () => {
  afterEach(() => leave(visitor));

  const visit = async (address) => {
    visitor = await person(browser, WIDE, [REFUSED]);
    const page = await visitor.newPage();
    await page.goto(server.url + address);
    return page;
  };

  it("an unknown address says so, and leads home", async () => {
    const page = await visit("/no/such/page");
    await heading(page, "There is nothing here");
    await page.getByRole("link", { name: "Go to the start page" }).click();
    await heading(page, "Map what is missing, together");
  });

  it("a map that is not one's own is not shown", async () => {
    const page = await visit(`/maps/${workshop.map}`);
    await page.getByRole("alert").waitFor();
    assert.equal(await page.getByRole("tree").count(), 0);
  });

  it("a code that nobody knows can be typed again", async () => {
    const page = await visit("/join/ZZZZ9999");
    await page.getByText("This code is not known").waitFor();
    await page.getByLabel("Code from the screen").fill(workshop.code);
    await button(page, "Join").click();
    await heading(page, "Workshop");
  });

  it("a join link that was ended says so", async () => {
    const invite = { session: workshop.session, role: "editor" };
    const { id, code } = await server.api("POST", "invites", invite);
    await server.api("DELETE", `invites/${id}`);
    const page = await visit(`/join/${code}`);
    await page.getByText("This join link has ended").waitFor();
  });

  it("a join link that is full says so", async () => {
    const invite = { session: workshop.session, role: "editor", max_uses: 1 };
    const { code } = await server.api("POST", "invites", invite);
    await server.api("POST", "join", { invite: code, name: "Otter-03" }, "");
    const page = await visit(`/join/${code}`);
    await page.getByText("This join link has ended").waitFor();
  });

  it("a sign-in link works once", async () => {
    const page = await visit(
      new URL(server.signInLink).pathname + new URL(server.signInLink).search,
    );
    await page.getByRole("link", { name: "Not now" }).waitFor();
    await leave(visitor);
    const again = await visit(
      new URL(server.signInLink).pathname + new URL(server.signInLink).search,
    );
    await again.getByText("This link has been used already").waitFor();
  });
});
