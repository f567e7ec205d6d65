/** What is said about the connection and about what this device keeps, where a browser or a server is not as usual. */
import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { Desk, ROOT } from "./desk.mjs";
import {
  browse,
  focusMap,
  Gapmap,
  leave,
  person,
  saved,
  says,
  takeSeat,
  until,
  WIDE,
} from "./kit.mjs";

let server;
let browser;
let workshop;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  workshop = await server.workshop();
});

after(async () => {
  await browser.close();
  await server.stop();
});

/** Somebody with a map, in a browser whose storage a script has changed. */
async function sit(name, script, options = WIDE) {
  const context = await person(browser, options);
  if (script) await context.addInitScript(script);
  await takeSeat(context, server, workshop.code, name);
  return { context, desk: await Desk.open(server, context, workshop.session) };
}

const neverAnswers = () => {
  IDBFactory.prototype.open = () => new EventTarget();
};
const keepsNothing = () => {
  IDBFactory.prototype.open = () => {
    throw new DOMException("not here", "SecurityError");
  };
};

describe("a browser whose storage", () => {
  it("is slow to open says that it is being checked, by keyboard too, and saves all the same", async () => {
    const { context, desk } = await sit("Otter-03", neverAnswers);
    await says(desk.page, /^Checking…$/);
    const badge = desk.page.getByRole("button", { name: "Checking…" });
    await badge.focus();
    await desk.page.getByText("This device has not said yet").waitFor();
    await focusMap(desk.page);
    await desk.keys("Control+Home", "Tab");
    await desk.type("Written meanwhile");
    await desk.keys("Enter");
    await desk.holds("Written meanwhile");
    await leave(context);
  });

  it("keeps nothing says so while offline, and asks before words go with the page", async () => {
    const { context, desk } = await sit("Hare-05", keepsNothing);
    await saved(desk.page);
    await context.setOffline(true);
    await desk.page.getByRole("status").getByText("this browser keeps nothing").waitFor();
    await desk.type("Only here");
    await desk.keys("Enter");
    await says(desk.page, /^Offline · unsent changes$/);
    let asked = "";
    desk.page.once("dialog", async (dialog) => {
      asked = dialog.type();
      await dialog.dismiss();
    });
    await desk.page.close({ runBeforeUnload: true });
    await until(() => asked, Boolean, "the browser asks");
    assert.equal(asked, "beforeunload");
    await context.setOffline(false);
    await saved(desk.page);
    await desk.page.getByText("You are connected again.").waitFor({ state: "attached" });
    await desk.holds("Only here");
    await leave(context);
  });
});

/** Pastes more than one message may carry, in parts. */
async function fill(desk) {
  const words = "words that are many and long ".repeat(100);
  for (let part = 0; part < 2; part++) {
    await desk.keys("Control+Home");
    await desk.paste(Array.from({ length: 450 }, (_, n) => `${part}.${n} ${words}`).join("\n"));
    await desk.page.getByRole("heading", { name: "450 ideas selected" }).waitFor();
    await saved(desk.page);
  }
}

/** Ends the server and puts its database back to what `copy` holds. */
async function bringBack(copy) {
  await server.kill();
  rmSync(server.folder, { recursive: true });
  cpSync(copy, server.folder, { recursive: true });
  await server.serve();
}

describe("a server that was brought back from an old backup", () => {
  it("is started over from: its map is there to be seen, and what it lacks to be copied", async () => {
    const options = { ...WIDE, permissions: ["clipboard-read", "clipboard-write"] };
    const { context, desk } = await sit("Fox-07", null, options);
    await saved(desk.page);
    const copy = `${server.folder}-copy`;
    await server.kill();
    cpSync(server.folder, copy, { recursive: true });
    await server.serve();
    await saved(desk.page);
    await fill(desk);

    await bringBack(copy);
    await desk.page.getByRole("alert").getByText("brought back from a backup").waitFor();
    assert.equal(await desk.page.getByText("View only").count(), 0, "nobody took a right away");
    await desk.page.getByRole("button", { name: "Start from the server's copy" }).click();
    await desk.page.getByRole("status").getByText("Work from before is kept for you").waitFor();
    await saved(desk.page);
    await until(
      () => desk.node(ROOT).boundingBox(),
      (box) => box !== null && box.x > 0 && box.x < 1280 && box.y > 0 && box.y < 800,
      "the topic is in the window",
    );
    await desk.page.getByRole("button", { name: "Copy my work" }).click();
    const words = () => desk.page.evaluate(() => navigator.clipboard.readText());
    await until(words, (text) => text.includes("1.449 words"), "copied");
    rmSync(copy, { recursive: true });
    await leave(context);
  });
});
