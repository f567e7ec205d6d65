/**
 * The map alone in a real browser, without a server: bench/main.tsx shows it, and `window.bench` lets a
 * test play the others and look into the document. What the server has a part in is tested with desk.mjs.
 */
import { after, afterEach, before } from "node:test";
import { browse, serve } from "../bench/browser.mjs";
import { press as pressOn } from "./kit.mjs";

let server;
let browser;
/** The page of the test that runs. */
export let page;

before(async () => {
  server = await serve();
  browser = await browse();
});

after(async () => {
  await browser.close();
  server.close();
});

afterEach(() => page.context().close());

/** Opens a map of bench/maps.ts with the keyboard in it. */
export async function openMap(query = "map=workshop", options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  page = await context.newPage();
  await page.goto(`${server.url}/?${query}`);
  await page.waitForFunction(() => window.bench?.firstPaint !== undefined);
  await page.locator("[role=tree]").focus();
}

export const press = (...keys) => pressOn(page, ...keys);
export const type = (text) => page.keyboard.type(text);

/** What the map shows after the next frame. */
export const state = () =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const { controller } = window.bench;
    const { view } = controller;
    const { model } = controller.context();
    const { active, selected, editing } = view.getState();
    const node = model.node(active);
    return {
      active: node?.text,
      parent: model.node(node?.parent)?.text,
      siblings: model.node(node?.parent)?.children.map((id) => model.node(id).text),
      children: node?.children.map((id) => model.node(id).text),
      selected: selected.length,
      editing: editing === null ? null : model.node(editing.id).text,
      size: model.size,
      shown: view.scene.layout.size,
    };
  });

/** Selects the node with this text. */
export const select = (text) =>
  page.evaluate((words) => {
    const { controller } = window.bench;
    const { model } = controller.context();
    for (const node of model.walk()) if (node.text === words) controller.view.select(node.id);
  }, text);

/** The middle of a node on the screen, once it has come to rest there. */
export async function spot(text) {
  const node = page.locator("[role=treeitem]", { hasText: text }).first();
  const box = await node.evaluate(async (element) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const place = () => element.getBoundingClientRect().toJSON();
    for (let before = null, now = place(); ; before = now, now = place()) {
      if (JSON.stringify(before) === JSON.stringify(now)) return now;
      await frame();
      await frame();
    }
  });
  return { ...box, cx: box.x + box.width / 2, cy: box.y + box.height / 2 };
}

/** What Ctrl+V does with a text on the clipboard, and Ctrl+C or X with the selection. */
export const clipboard = (kind, text = "") =>
  page.evaluate(
    ([type, words]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", words);
      const event = new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
      return clipboardData.getData("text/plain");
    },
    [kind, text],
  );
