/** A file of another program: brought under a node with the keyboard, looked at first, and taken back. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { seriousHere } from "./axe.mjs";
import { Desk } from "./desk.mjs";
import { browse, Gapmap, leave, PHONE, person, signIn, takeSeat, until } from "./kit.mjs";

const MAP = `<map version="freeplane 1.9.13"><node TEXT="From elsewhere"><node TEXT="a sensor" FOLDED="true">
<icon BUILTIN="flag"/><node TEXT="with a child"/></node></node></map>`;
const file = (name, text) => ({
  name,
  mimeType: "application/x-freemind",
  buffer: Buffer.from(text),
});

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

describe("a file of another program", () => {
  it("comes in under a node, and goes and comes back by undo and redo", async () => {
    const me = await person(browser, undefined, [/status of 422/]);
    await takeSeat(me, server, workshop.code, "Heron-12");
    const desk = await Desk.open(server, me, workshop.session, "Night shifts");
    const { page } = desk;
    const before = await server.outline(desk.map);

    await desk.click("Night shifts", { button: "right" });
    await page.getByRole("menuitem", { name: "Import under this idea…" }).click();
    const dialog = page.getByRole("dialog", { name: "Import under “Night shifts”" });
    await dialog.locator("input[type=file]").setInputFiles(file("odd.mm", "<!DOCTYPE map><map/>"));
    await dialog.getByText("line 1: the file declares a document type", { exact: false }).waitFor();
    await dialog.locator("input[type=file]").setInputFiles(file("map.mm", MAP));
    await dialog.getByText("3 ideas").waitFor();
    const told = await dialog.getByRole("status").textContent();
    assert.deepEqual(await seriousHere(page), [], "the dialog");
    await dialog.getByRole("button", { name: "Import" }).click();
    await desk.node("From elsewhere").waitFor();
    const after = await server.outline(desk.map);

    assert.match(told, /Read as Freeplane[\s\S]*Icons \(1\)[\s\S]*a sensor/);
    const brought = "\t\tFrom elsewhere\n\t\t\ta sensor\n\t\t\t\twith a child\n";
    assert.equal(after, before + brought);
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await until(
      () => server.outline(desk.map),
      (it) => it === before,
      "taken back",
    );
    await desk.click("Night shifts");
    await desk.keys("Control+z");
    await until(
      () => server.outline(desk.map),
      (it) => it === after,
      "there again",
    );
    await leave(me);
  });

  it("comes in under a node of a phone's outline", async () => {
    const me = await person(browser, PHONE);
    await takeSeat(me, server, workshop.code, "Heron-13");
    const desk = await Desk.open(server, me, workshop.session, "Night shifts");
    const { page } = desk;

    await page.getByRole("button", { name: "Outline" }).click();
    await page.getByRole("treeitem").filter({ hasText: "Night shifts" }).first().tap();
    await page.getByRole("button", { name: "Details" }).last().tap();
    await page.getByRole("button", { name: "Import under this idea…" }).tap();
    const dialog = page.getByRole("dialog", { name: "Import under “Night shifts”" });
    await dialog.locator("input[type=file]").setInputFiles(file("more.mm", MAP));
    await dialog.getByText("3 ideas").waitFor();
    assert.deepEqual(await seriousHere(page), [], "the dialog");
    await dialog.getByRole("button", { name: "Import" }).tap();

    const row = page.getByRole("treeitem").filter({ hasText: "From elsewhere" });
    await row.waitFor();
    await leave(me);
  });

  it("becomes a map of a session on a phone", async () => {
    const host = await person(browser, PHONE);
    await signIn(host, server);
    const page = await host.newPage();
    await page.goto(`${server.url}/sessions/${workshop.session}`);

    await page.getByRole("button", { name: "Import a map…" }).click();
    const dialog = page.getByRole("dialog", { name: "Import a map" });
    await dialog.locator("input[type=file]").setInputFiles(file("map.mm", MAP));
    const title = dialog.getByLabel("Title of the new map");
    await title.fill("Brought along");
    await dialog.getByRole("button", { name: "Import" }).click();

    await page.getByRole("link", { name: "Open Brought along" }).waitFor();
    await leave(host);
  });
});
