/** Where the keyboard is: in the map, whatever has just come or gone beside it. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { Desk, ROOT } from "./desk.mjs";
import { join, leave, PHONE, person, saved, takeSeat, until } from "./kit.mjs";
import { browser, code, me, server, session } from "./seated.mjs";

let desk;

afterEach(() => desk?.page.close());

const begin = async () => {
  desk = await Desk.open(server, me, session, "One\nTwo");
};

/** Waits until what has the keyboard is this, or is in it. */
const hasKeyboard = (selector, page = desk.page) =>
  until(
    () => page.evaluate((it) => document.activeElement.closest(it) !== null, selector),
    Boolean,
    `the keyboard is in ${selector}`,
  );
const button = (name) => desk.page.getByRole("button", { name, exact: true });
const toasts = (page) => page.locator("[data-region=toasts]");
const told = () => toasts(desk.page).getByText("1 idea moved to the trash");

describe("arriving", () => {
  it("by a link, writes under the topic with the first key", async () => {
    const guest = await person(browser);
    const { code, map } = await server.workshop();
    const page = await join(guest, `${server.url}/join/${code}`, "Badger-07");
    await hasKeyboard("[role=tree]", page);
    await page.keyboard.press("Tab");
    await page.keyboard.type("The first one");
    await page.keyboard.press("Enter");
    const outline = () => server.outline(map);
    await until(outline, (text) => text === "What is missing\n\tThe first one\n", "it is written");
    await leave(guest);
  });

  it("by a link, begins an idea with the first letter, and leaves the topic its words", async () => {
    const guest = await person(browser);
    const { code, map } = await server.workshop();
    const page = await join(guest, `${server.url}/join/${code}`, "Badger-07");
    await hasKeyboard("[role=tree]", page);
    assert.equal(await page.locator("[role=treeitem][data-active]").count(), 0);
    await page.keyboard.type("The first one");
    await page.keyboard.press("Enter");
    const outline = () => server.outline(map);
    await until(outline, (text) => text === "What is missing\n\tThe first one\n", "it is written");
    await leave(guest);
  });

  it("has no way out by mistake for a guest, and a way back in from the start page", async () => {
    const guest = await person(browser);
    const { code } = await server.workshop();
    const page = await join(guest, `${server.url}/join/${code}`, "Badger-07");
    assert.equal(await page.locator("[data-region=bar] a").count(), 0);
    await page.goto(server.url);
    await page.getByRole("link", { name: "Continue in Workshop as Badger-07" }).click();
    await saved(page);
    await hasKeyboard("[role=tree]", page);
    await leave(guest);
  });
});

describe("a silent round", () => {
  it("takes the keyboard along from the map, and back", async () => {
    const guest = await person(browser);
    const place = await server.workshop();
    const rounds = ["silent", "discuss"].map((method) => ({ title: method, method }));
    const agenda = await server.agenda(place.session, rounds);
    const step = (body) => server.api("POST", `sessions/${place.session}/round`, body);
    const page = await join(guest, place.invite.url, "Badger-07");
    await hasKeyboard("[role=tree]", page);
    await step({ action: "start", round: agenda.rounds[0].id });
    await hasKeyboard("textarea", page);
    await page.keyboard.type("Written at once");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Edit “Written at once”" }).waitFor();
    await step({ action: "next", round: agenda.rounds[0].id });
    await hasKeyboard("[role=tree]", page);
    await leave(guest);
  });
});

describe("coming back to the map", () => {
  it("after Details are closed, by their button or from within", async () => {
    await begin();
    await desk.click("Two");
    await button("Close details").click();
    await hasKeyboard("[role=tree]");
    await desk.keys("Shift+F2");
    await hasKeyboard("textarea");
    await desk.keys("Escape");
    await hasKeyboard("[role=tree]");
    await desk.keys("ArrowUp");
    await desk.isAt("One");
  });

  it("after a branch is restored, and after another view", async () => {
    await begin();
    await desk.click("Two");
    await desk.keys("Delete");
    await button("Trash").click();
    await button("Restore “Two”").click();
    await desk.isAt("Two");
    await hasKeyboard("[role=tree]");
    await button("Outline").click();
    await hasKeyboard("[role=treeitem]");
    await button("Map").click();
    await hasKeyboard("[role=tree]");
    await desk.keys("ArrowUp");
    await desk.isAt("One");
  });

  it("after Undo in a toast, which F6 goes by as by any other area", async () => {
    await begin();
    await desk.click("Two");
    await desk.keys("Delete");
    await told().waitFor();
    for (const region of ["panel", "toasts", "bar", "stage"]) {
      await desk.keys("F6");
      await hasKeyboard(`[data-region=${region}]`);
    }
    await toasts(desk.page).getByRole("button", { name: "Undo" }).click();
    await hasKeyboard("[role=tree]");
    await desk.holds("One\nTwo");
  });
});

describe("a toast", () => {
  it("with Undo ends when the deed is undone elsewhere", async () => {
    await begin();
    await desk.click("Two");
    await desk.keys("Delete");
    await told().waitFor();
    await desk.keys("Control+z");
    await told().waitFor({ state: "detached" });
  });

  it("of what was refused ends when it then works", async () => {
    await begin();
    await desk.paste(Array.from({ length: 6000 }, (_, n) => `Line ${n}`).join("\n"));
    const refused = toasts(desk.page).getByText("That is too much to paste at once");
    await refused.waitFor();
    await desk.paste("Three");
    await desk.node("Three").waitFor();
    await refused.waitFor({ state: "detached" });
  });

  it("lies over no control, also on a phone", async () => {
    await begin();
    await desk.click("Two");
    await desk.keys("Delete");
    await lies(desk.page, ["[role=toolbar]", "[data-region=panel]"]);
    const phone = await person(browser, PHONE);
    await takeSeat(phone, server, code, "Thumb-01");
    const page = await phone.newPage();
    await page.goto(`${server.url}/maps/${desk.map}?view=map`);
    await page.getByRole("treeitem").filter({ hasText: "One" }).tap();
    await page.getByRole("button", { name: "Delete", exact: true }).tap();
    await lies(page, ["[role=toolbar]"]);
    await leave(phone);
  });
});

/** Sees that the toast touches none of these. */
async function lies(page, selectors) {
  const toast = toasts(page).getByRole("dialog").first();
  await toast.waitFor();
  const box = await toast.boundingBox();
  for (const selector of selectors) {
    for (const other of await page.locator(selector).all()) {
      const it = await other.boundingBox();
      const apart =
        !it ||
        it.x >= box.x + box.width ||
        box.x >= it.x + it.width ||
        it.y >= box.y + box.height ||
        box.y >= it.y + it.height;
      assert.ok(apart, `the toast lies over ${selector}`);
    }
  }
}

it("keeps the hint of an empty map under its topic when Details open and close", async () => {
  desk = await Desk.open(server, me, session);
  const off = async () => {
    const [hint, topic] = await Promise.all([
      desk.page.getByText("An empty map, ready for ideas").boundingBox(),
      desk.spot(ROOT),
    ]);
    return Math.abs(hint.x + hint.width / 2 - topic.x);
  };
  await until(off, (by) => by < 2, "the hint is under the topic");
  await button("Details").click();
  await button("Close details").waitFor();
  await desk.drawn();
  await until(off, (by) => by < 2, "the hint is under the topic beside Details");
  await button("Close details").click();
  await desk.drawn();
  await until(off, (by) => by < 2, "the hint is under the topic without Details");
  assert.equal(await button("Details").getAttribute("aria-pressed"), "false");
});
