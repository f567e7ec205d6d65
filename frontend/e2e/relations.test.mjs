/** Arrows between nodes that are not the tree: drawn by pointing and by words, labelled, told, taken away. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { Desk } from "./desk.mjs";
import { leave, PHONE, person, saved, takeSeat, until } from "./kit.mjs";
import { browser, code, me, server, session } from "./seated.mjs";

let desk;

afterEach(() => desk.page.close());

const begin = async (context = me) => {
  desk = await Desk.open(server, context, session, "Cause\nMiddle\nEffect");
};

const panel = () => desk.page.locator("[data-region=panel]");
const arrows = () => panel().getByRole("region", { name: "Related to" });

/** How many dots of the canvas are not empty. */
const ink = () =>
  desk.page.evaluate(() => {
    const canvas = document.querySelector("[data-region=stage] canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, at) => sum + (at % 4 === 3 && value > 0 ? 1 : 0), 0);
  });

const outlineRow = (text) => desk.page.getByRole("treeitem").filter({ hasText: text });

describe("an arrow", () => {
  it("is drawn from the menu to the node that is clicked, labelled and taken away", async () => {
    await begin();
    await desk.drawn();
    const plain = await ink();
    await desk.click("Cause", { button: "right" });
    await desk.page.getByRole("menuitem", { name: "Relate to…" }).click();
    await desk.page.getByText("Relate “Cause” to").waitFor();
    await desk.click("Effect");
    await arrows().getByRole("button", { name: "Effect", exact: true }).waitFor();
    await desk.isAt("Cause");
    const label = arrows().getByRole("textbox");
    await label.fill("leads to more of");
    await desk.keys("Enter");
    await saved(desk.page);
    await until(ink, (dots) => dots > plain + 100, "the arrow is on the canvas");
    // From its other end it is the same arrow.
    await arrows().getByRole("button", { name: "Effect", exact: true }).click();
    await arrows().getByRole("img", { name: "is led to from" }).waitFor();
    assert.equal(await arrows().getByRole("textbox").inputValue(), "leads to more of");
    await arrows()
      .getByRole("button", { name: /^Take away/ })
      .click();
    await until(ink, (dots) => dots < plain + 100, "the arrow is off the canvas");
    await desk.page.getByRole("button", { name: /^Undo/ }).first().click();
    await arrows().getByRole("img", { name: "is led to from" }).waitFor();
  });

  it("is drawn by keys alone, seen by the others, and told in the outline", async () => {
    await begin();
    const other = await person(browser);
    await takeSeat(other, server, code, "Badger-07");
    const there = new Desk(server, await other.newPage(), desk.map);
    await there.load();
    await there.page.getByRole("button", { name: "Outline" }).click();
    await desk.click("Cause");
    await desk.keys("Control+Shift+l");
    await desk.page.getByRole("combobox", { name: "Find the idea to relate to" }).waitFor();
    await desk.type("effe");
    await desk.page.getByRole("option", { name: "Effect" }).waitFor();
    await desk.keys("Enter");
    await arrows().getByRole("button", { name: "Effect", exact: true }).waitFor();
    await desk.isAt("Cause");
    await there.page.getByRole("treeitem", { name: "Cause , leads to Effect" }).waitFor();
    await there.page.getByRole("treeitem", { name: "Effect , is led to from Cause" }).waitFor();
    await leave(other);
  });

  it("is given up with Escape, in the list and in the map", async () => {
    await begin();
    for (const text of ["Cause", "Middle"]) {
      await desk.click(text);
      await desk.keys("Control+Shift+l");
      const list = desk.page.getByRole("combobox", { name: "Find the idea to relate to" });
      await list.waitFor();
      if (text === "Middle") await desk.page.locator("[role=tree]").focus();
      await desk.keys("Escape");
      await list.waitFor({ state: "hidden" });
    }
    await desk.click("Effect");
    await desk.isAt("Effect");
    assert.equal(await arrows().getByRole("listitem").count(), 0);
  });

  it("is drawn with fingers in the outline", async () => {
    const finger = await person(browser, PHONE);
    await takeSeat(finger, server, code, "Otter-03");
    await begin(finger);
    await desk.page.getByRole("button", { name: "Outline" }).click();
    await outlineRow("Cause").tap();
    await desk.page.getByRole("button", { name: "Details" }).last().tap();
    await desk.page.getByRole("button", { name: "Relate to…" }).tap();
    await desk.page.getByText("Relate “Cause” to").waitFor();
    await outlineRow("Middle").tap();
    await desk.page.getByRole("treeitem", { name: "Cause , leads to Middle" }).waitFor();
    await leave(finger);
  });
});
