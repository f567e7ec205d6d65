/** Branches that go over the browser's clipboard, and what is done to several ideas at once. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, describe, it } from "node:test";
import { Desk } from "./desk.mjs";
import { saved, until } from "./kit.mjs";
import { me, server, session } from "./seated.mjs";

const SEED = "One\n\tOne a\nTwo\nThree";

let desk;

afterEach(() => desk.page.close());

const begin = async () => {
  desk = await Desk.open(server, me, session, SEED);
};

/** Waits until Details says that what is selected is red. */
const isRed = (page) =>
  until(() => page.getByRole("radio", { name: "Red" }).isChecked(), Boolean, "it is red");

const details = () => desk.page.locator("[data-region=panel]");

/** Chooses a kind in Details. */
async function chooseKind(kind) {
  await details().getByRole("combobox", { name: "Kind" }).click();
  await desk.page.getByRole("option", { name: kind }).click();
}

const children = async (map) => (await server.api("GET", `maps/${map}/tree`)).children;

describe("the clipboard", () => {
  it("takes a cut branch elsewhere in one step", async () => {
    await begin();
    await desk.click("One");
    await desk.keys("Control+x");
    await desk.holds("Two\nThree");
    await desk.click("Three");
    await desk.keys("Control+v");
    await desk.holds("Two\nThree\n\tOne\n\t\tOne a");
    await desk.keys("Control+z");
    await desk.holds("Two\nThree");
    await desk.keys("Control+z");
    await desk.holds(SEED);
  });

  it("keeps kind, colour and note on the way to another map", async () => {
    await begin();
    await desk.click("One a");
    await chooseKind("Need");
    await details().getByRole("radio", { name: "Red" }).check({ force: true });
    await details().getByRole("textbox", { name: "Note" }).fill("Ask again");
    await saved(desk.page);
    await desk.click("One");
    await desk.keys("Control+c");
    const there = await Desk.open(server, me, session, "Elsewhere");
    await there.click("Elsewhere");
    await there.keys("Control+v");
    await there.holds("Elsewhere\n\tOne\n\t\tOne a");
    const [elsewhere] = await children(there.map);
    const copy = elsewhere.children[0].children[0];
    assert.deepEqual([copy.kind, copy.note], ["need", "Ask again"]);
    await there.click("One a");
    await isRed(there.page);
    await there.page.close();
  });
});

/** As Word puts it on the clipboard, and what becomes of it under the last branch. */
const WORD = {
  text: "What is missing\r\n·\tOn scene\r\n",
  html: readFileSync(new URL("../test/clips/word.txt", import.meta.url), "utf8"),
  taken: `${SEED}\n\t${[
    "What is missing, from the last meeting:",
    "On scene",
    "\tRadios fail in cellars\u2028and in lifts",
    "\t\tRelays",
    "\t\t\tWho carries them",
    "Training",
  ].join("\n\t")}`,
};

/** Puts something on the clipboard as another program does: as it is. */
const copyElsewhere = ({ text, html }) =>
  desk.page.evaluate(
    ([plain, rich]) => {
      const give = (event) => {
        event.clipboardData.setData("text/plain", plain);
        event.clipboardData.setData("text/html", rich);
        event.preventDefault();
        event.stopPropagation();
      };
      document.addEventListener("copy", give, { capture: true, once: true });
      document.execCommand("copy");
    },
    [text, html],
  );

describe("a list from Word", () => {
  it("comes with its levels, which its plain text does not tell", async () => {
    await begin();
    await desk.click("Three");
    await desk.paste(WORD.text, WORD.html);
    await desk.holds(WORD.taken);
    await desk.keys("Control+z");
    await desk.holds(SEED);
  });

  it("comes with them by the menu, too", async () => {
    await begin();
    await copyElsewhere(WORD);
    await desk.click("Three", { button: "right" });
    await desk.page.getByRole("menuitem", { name: "Paste" }).click();
    await desk.holds(WORD.taken);
  });

  it("comes with them from its plain text alone, too", async () => {
    await begin();
    await desk.click("Three");
    await desk.paste("•\tOn scene\r\no\tRadios\r\n§\tRelays\r\n•\tTraining\r\n");
    await desk.holds(`${SEED}\n\tOn scene\n\t\tRadios\n\t\t\tRelays\n\tTraining`);
  });
});

describe("several ideas", () => {
  it("get kind and colour and are deleted together in Details, each by one step", async () => {
    await begin();
    await desk.click("Two");
    await desk.click("Three", { modifiers: ["Shift"] });
    await desk.isSelected(2);
    await details().getByRole("heading", { name: "2 ideas selected" }).waitFor();
    await chooseKind("Gap");
    await details().getByRole("radio", { name: "Red" }).check({ force: true });
    await isRed(desk.page);
    await until(
      () => children(desk.map),
      (all) => all.map((it) => it.kind).join() === ",gap,gap",
      "both are gaps",
    );
    await details().getByRole("button", { name: "Delete them all" }).click();
    await desk.holds("One\n\tOne a");
    await desk.page.locator("[role=tree]").focus();
    await desk.keys("Control+z");
    await desk.holds(SEED);
  });
});
