/** One person at a desk with one map: what tests press, and what they look for. */
import { drawn, focusMap, node, press, until } from "./kit.mjs";

/** What the central topic of these maps says. */
export const ROOT = "Ideas";

/** A page with a map of its own. */
export class Desk {
  constructor(server, page, map) {
    Object.assign(this, { server, page, map });
    /** The text field of the node that is being written in. */
    this.field = page.locator("[data-editor] textarea");
  }

  /** Opens a new map with these branches in it, the keyboard at its central topic. */
  static async open(server, context, session, branches = "") {
    const map = await server.api("POST", "maps", { session, title: ROOT });
    const desk = new Desk(server, await context.newPage(), map.id);
    await desk.load();
    if (branches === "") return desk;
    await desk.keys("Control+Home");
    await desk.paste(branches);
    await desk.holds(branches);
    await desk.keys("Control+Home", "Control+0");
    await desk.isSelected(1);
    await desk.drawn();
    return desk;
  }

  /** Opens the map's page, or opens it anew. */
  async load() {
    await this.page.goto(`${this.server.url}/maps/${this.map}?view=map`);
    await this.node(ROOT).waitFor();
    await focusMap(this.page);
  }

  /** Puts text into the map as if from the clipboard, on which some programs put HTML too. */
  paste(text, html = "") {
    const given = { "text/plain": text, "text/html": html };
    return this.page.evaluate((formats) => {
      const clipboardData = new DataTransfer();
      for (const [format, data] of Object.entries(formats)) clipboardData.setData(format, data);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.querySelector("[role=tree]").dispatchEvent(event);
    }, given);
  }

  /** Waits until what is known is drawn. */
  drawn() {
    return drawn(this.page);
  }

  node(text) {
    return node(this.page, text);
  }

  click(text, options) {
    return this.node(text).click(options);
  }

  keys(...names) {
    return press(this.page, ...names);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  /** Puts a new node after another and leaves it. */
  async add(after, text) {
    await this.click(after);
    await this.keys("Enter");
    await this.type(text);
    await this.keys("Enter");
  }

  /** Waits until the server holds exactly these branches under the central topic. */
  async holds(branches) {
    const lines = branches === "" ? [] : branches.split("\n");
    const wanted = `${[ROOT, ...lines.map((line) => `\t${line}`)].join("\n")}\n`;
    await until(
      () => this.server.outline(this.map),
      (outline) => outline === wanted,
      `the map holds ${JSON.stringify(wanted)}`,
    );
  }

  /** Waits until the keyboard is at a node. */
  async isAt(text) {
    const words = this.page.getByText(text, { exact: true });
    await this.page.locator("[role=treeitem][data-active]").filter({ has: words }).waitFor();
  }

  /** Waits until exactly so many nodes are selected. */
  isSelected(count) {
    return this.counts("[role=treeitem][aria-selected=true]", count);
  }

  /** Waits until exactly so many nodes are drawn. */
  shows(count) {
    return this.counts("[role=treeitem]", count);
  }

  async counts(selector, count) {
    await until(
      () => this.page.locator(selector).count(),
      (seen) => seen === count,
      `${count} of ${selector}`,
    );
  }

  /** The arrow that leads away from the central topic where a node stands, and the one back. */
  async arrows(text) {
    const [own, root] = await Promise.all([this.spot(text), this.spot(ROOT)]);
    return own.x > root.x
      ? { outward: "ArrowRight", inward: "ArrowLeft" }
      : { outward: "ArrowLeft", inward: "ArrowRight" };
  }

  /** The middle of a node on the screen, and how wide it is. */
  async spot(text) {
    const { x, y, width, height } = await this.node(text).boundingBox();
    return { x: x + width / 2, y: y + height / 2, width };
  }
}
