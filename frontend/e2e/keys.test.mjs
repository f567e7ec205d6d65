/** Every key of the map, in the real page, and what the server then holds. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { Desk, ROOT } from "./desk.mjs";
import { leave, person, saved, takeSeat, until } from "./kit.mjs";
import { browser, code, me, server, session } from "./seated.mjs";

const SEED = "One\n\tOne a\n\tOne b\nTwo\n\tTwo a\nThree";
const NODES = 7;

let desk;

afterEach(() => desk.page.close());

const begin = async (branches = SEED) => {
  desk = await Desk.open(server, me, session, branches);
};

describe("growing and pruning", () => {
  it("adds a child with Tab or Insert, and siblings with Enter and Shift+Enter", async () => {
    await begin("");
    await desk.keys("Tab");
    await desk.type("Child");
    await desk.keys("Enter", "Enter");
    await desk.type("After");
    await desk.keys("Enter", "Shift+Enter");
    await desk.type("Between");
    await desk.keys("Enter", "Insert");
    await desk.type("Below");
    await desk.keys("Enter");
    await desk.holds("Child\nBetween\n\tBelow\nAfter");
  });

  it("puts a new parent above with Ctrl+Shift+Enter", async () => {
    await begin();
    await desk.click("One b");
    await desk.keys("Control+Shift+Enter");
    await desk.type("Above");
    await desk.keys("Enter");
    await desk.holds("One\n\tOne a\n\tAbove\n\t\tOne b\nTwo\n\tTwo a\nThree");
  });

  it("deletes with Delete and Backspace, and keeps children with Ctrl", async () => {
    await begin();
    await desk.click("One");
    await desk.keys("Control+Delete");
    await desk.holds("One a\nOne b\nTwo\n\tTwo a\nThree");
    await desk.click("Three");
    await desk.keys("Delete");
    await desk.holds("One a\nOne b\nTwo\n\tTwo a");
    await desk.click("Two");
    await desk.keys("Backspace");
    await desk.holds("One a\nOne b");
  });
});

describe("writing", () => {
  it("edits with F2, with a double click, and with the first letter typed", async () => {
    await begin("One\nTwo\nThree");
    await desk.click("One");
    await desk.keys("F2");
    await desk.type(" more");
    await desk.keys("Enter");
    await desk.node("Two").dblclick();
    await desk.field.waitFor();
    await desk.keys("End");
    await desk.type(" too");
    await desk.keys("Enter");
    await desk.click("Three");
    await desk.type("A crowd");
    await desk.keys("Enter");
    await desk.holds("One more\nTwo too\nA crowd");
  });

  it("the first letter typed replaces the text, and Escape brings it back", async () => {
    await begin("One\nTwo");
    for (const view of ["map", "outline"]) {
      await desk.page.goto(`${server.url}/maps/${desk.map}?view=${view}`);
      await desk.click("One");
      await desk.type("Gone");
      await desk.holds("Gone\nTwo");
      await desk.keys("Escape");
      await desk.holds("One\nTwo");
    }
  });

  it("while editing: Enter commits, Escape takes back, Shift+Enter breaks, Tab goes on", async () => {
    await begin("One\nTwo");
    await desk.click("One");
    await desk.keys("F2");
    await desk.type(" gone");
    await desk.keys("Escape");
    await desk.isAt("One");
    await desk.keys("F2", "Shift+Enter");
    await desk.type("second line");
    await desk.keys("Tab");
    await desk.type("Child");
    await desk.keys("Tab");
    await desk.type("taken back");
    await desk.keys("Escape");
    await desk.isAt("Child");
    await desk.holds("One\u2028second line\n\tChild\nTwo");
  });

  it("leaves keys to an input method while it composes", async () => {
    await begin("One");
    await desk.click("One");
    await desk.keys("F2");
    const input = await me.newCDPSession(desk.page);
    const composing = { text: "にほ", selectionStart: 2, selectionEnd: 2 };
    await input.send("Input.imeSetComposition", composing);
    // The Enter that chooses the word: browsers give it the key code of a process key.
    for (const key of ["Enter", "Tab", "Escape"]) {
      const event = { key, code: key, windowsVirtualKeyCode: 229 };
      await input.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event });
      await input.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }
    assert.equal(await desk.field.count(), 1, "still editing");
    await input.send("Input.insertText", { text: "日本" });
    await desk.keys("Enter");
    await desk.holds("One日本");
  });
});

describe("undo", () => {
  it("takes back one's own changes only, with Ctrl+Z, and makes them again", async () => {
    await begin("One\nTwo");
    const other = await person(browser);
    await takeSeat(other, server, code, "Badger-07");
    const there = new Desk(server, await other.newPage(), desk.map);
    await there.load();
    await write(desk, "One", " mine");
    await desk.holds("One mine\nTwo");
    await write(there, "One mine", " theirs");
    await there.holds("One mine theirs\nTwo");
    await desk.keys("Control+z");
    await desk.holds("One theirs\nTwo");
    await there.keys("Control+z");
    await desk.holds("One\nTwo");
    await desk.keys("Control+y");
    await there.keys("Control+Shift+z");
    await until(
      () => server.outline(desk.map),
      (outline) => /^\tOne( mine theirs| theirs mine)$/m.test(outline),
      "both are back",
    );
    await leave(other);
  });

  it("brings back a deleted branch whole, and deletes it again", async () => {
    await begin("One\n\tOne a\nTwo");
    await desk.click("One");
    await desk.keys("Delete");
    await desk.holds("Two");
    await desk.keys("Control+z");
    await desk.holds("One\n\tOne a\nTwo");
    await desk.keys("Control+Shift+z");
    await desk.holds("Two");
  });
});

/** Adds words to the end of a node: all at once, since after a pause in typing an undo goes back to there. */
async function write(at, text, words) {
  await at.click(text);
  await at.keys("F2", "End");
  await at.page.keyboard.insertText(words);
  await at.keys("Enter");
}

describe("selecting and finding", () => {
  it("walks with arrows, Home and End, and to the centre with Ctrl+Home", async () => {
    await begin();
    await desk.click("One");
    const { outward, inward } = await desk.arrows("One");
    await desk.keys(outward);
    await desk.isAt("One a");
    await desk.keys("ArrowDown");
    await desk.isAt("One b");
    await desk.keys("ArrowUp");
    await desk.isAt("One a");
    await desk.keys("End");
    await desk.isAt("One b");
    await desk.keys("Home");
    await desk.isAt("One a");
    await desk.keys(inward);
    await desk.isAt("One");
    await desk.keys("Control+Home");
    await desk.isAt(ROOT);
  });

  it("selects more with Shift, all with Ctrl+A, and one again with Escape", async () => {
    await begin();
    await desk.click("One a");
    await desk.keys("Shift+ArrowDown");
    await desk.isSelected(2);
    await desk.keys("Control+a");
    await desk.isSelected(NODES);
    await desk.keys("Escape");
    await desk.isSelected(1);
  });

  it("finds with Ctrl+F, and Enter goes there", async () => {
    await begin();
    await desk.keys("Control+f");
    await desk.type("two A");
    await desk.keys("Enter");
    await desk.isAt("Two a");
    await desk.keys("Tab");
    await desk.type("Found");
    await desk.keys("Enter");
    await desk.holds("One\n\tOne a\n\tOne b\nTwo\n\tTwo a\n\t\tFound\nThree");
  });

  it("goes on to the next hit with Enter, and adds nothing by that", async () => {
    await begin();
    await desk.keys("Control+f");
    await desk.type("one");
    await desk.keys("Enter");
    await desk.isAt("One");
    await desk.page.getByText("Result 1 of 3.").waitFor({ state: "attached" });
    await desk.keys("Enter");
    await desk.isAt("One a");
    await desk.keys("Enter", "Enter", "Shift+Enter");
    await desk.isAt("One b");
    await desk.holds(SEED);
    // Anything else ends the search, and Enter adds again.
    await desk.keys("ArrowUp", "Enter");
    await desk.type("Added");
    await desk.keys("Enter");
    await desk.holds("One\n\tOne a\n\tAdded\n\tOne b\nTwo\n\tTwo a\nThree");
  });
});

describe("moving branches", () => {
  for (const modifier of ["Alt", "Control"]) {
    it(`moves with ${modifier} and the arrows: past neighbours, a level in and out`, async () => {
      await begin();
      await desk.click("One b");
      const { outward, inward } = await desk.arrows("One b");
      await desk.keys(`${modifier}+ArrowUp`);
      await desk.holds("One\n\tOne b\n\tOne a\nTwo\n\tTwo a\nThree");
      await desk.keys(`${modifier}+ArrowDown`);
      await desk.holds(SEED);
      await desk.keys(`${modifier}+${outward}`);
      await desk.holds("One\n\tOne a\n\t\tOne b\nTwo\n\tTwo a\nThree");
      await desk.keys(`${modifier}+${inward}`);
      await desk.holds(SEED);
    });
  }
});

describe("folding", () => {
  it("folds with Space, all with Ctrl+Space, to a level with Alt and a digit", async () => {
    await begin("One\n\tOne a\n\t\tOne a 1\nTwo\n\tTwo a");
    await desk.shows(6);
    await desk.click("One");
    await desk.keys("Space");
    await desk.shows(4);
    assert.equal(await desk.node("One").getAttribute("aria-expanded"), "false");
    await desk.keys("Space");
    await desk.shows(6);
    await desk.keys("Control+Space");
    await desk.shows(3);
    await desk.keys("Control+Space");
    await desk.shows(6);
    await desk.keys("Alt+2");
    await desk.shows(5);
    await desk.keys("Alt+1");
    await desk.shows(3);
    await desk.keys("Alt+9");
    await desk.shows(6);
  });

  it("folds for oneself alone, and stays folded when the page is loaded again", async () => {
    await begin();
    await desk.click("One");
    await desk.keys("Space");
    await desk.shows(NODES - 2);
    await desk.load();
    await desk.shows(NODES - 2);
    await desk.holds(SEED);
  });
});

describe("clipboard", () => {
  it("copies, cuts and pastes branches as indented text, each one undo", async () => {
    await begin();
    await desk.click("One");
    await desk.keys("Control+c");
    const copied = await until(
      () => desk.page.evaluate(() => navigator.clipboard.readText()),
      (text) => text.startsWith("One"),
      "copied",
    );
    assert.equal(copied, "One\n\tOne a\n\tOne b\n");
    await desk.click("Three");
    await desk.keys("Control+v");
    await desk.holds(`${SEED}\n\tOne\n\t\tOne a\n\t\tOne b`);
    await desk.keys("Control+z");
    await desk.holds(SEED);
    await desk.click("Two");
    await desk.keys("Control+x");
    await desk.holds("One\n\tOne a\n\tOne b\nThree");
    await desk.click("Three");
    await desk.keys("Control+v");
    await desk.holds("One\n\tOne a\n\tOne b\nThree\n\tTwo\n\t\tTwo a");
  });
});

describe("the page around the map", () => {
  it("zooms with Ctrl and plus, minus and 0", async () => {
    await begin();
    const { width } = await desk.spot("One");
    const widthIs = (fits) => until(async () => (await desk.spot("One")).width, fits, "width");
    await desk.keys("Control++");
    const larger = await widthIs((now) => now > width * 1.2);
    await desk.keys("Control+-", "Control+-");
    await widthIs((now) => now < larger / 1.5);
    await desk.keys("Control+0");
    await until(
      async () => (await desk.spot(ROOT)).x,
      (x) => x > 300 && x < 980,
      "in the middle",
    );
  });

  it("opens the note with Shift+F2, the palette with Ctrl+K, the help with ?", async () => {
    await begin();
    await desk.click("One");
    await desk.keys("Shift+F2");
    const note = desk.page.getByRole("textbox", { name: "Note" });
    await until(() => note.evaluate((it) => it === document.activeElement), Boolean, "in the note");
    await desk.type("Remember this");
    await saved(desk.page);
    const tree = await server.api("GET", `maps/${desk.map}/tree`);
    assert.equal(tree.children[0].note, "Remember this");
    await desk.click("Two");
    await desk.keys("Control+k");
    const inPalette = () =>
      desk.page.evaluate(() => document.activeElement.matches("dialog *, [role=dialog] *"));
    await until(inPalette, Boolean, "in the palette");
    await desk.keys("Escape");
    await until(inPalette, (it) => !it, "back from the palette");
    await desk.click("Three");
    await desk.keys("?");
    await desk.page.getByRole("dialog", { name: "Keys of the map" }).waitFor();
    await desk.keys("Escape");
    const isBack = () => desk.page.evaluate(() => document.activeElement.matches("[role=tree]"));
    await until(isBack, Boolean, "back in the map");
    await desk.keys("Tab");
    await desk.field.waitFor();
  });

  it("goes round the areas of the page with F6", async () => {
    await begin();
    await desk.click("One");
    const region = () =>
      desk.page.evaluate(() => document.activeElement.closest("[data-region]")?.dataset.region);
    for (const next of ["panel", "bar", "stage"]) {
      await desk.keys("F6");
      await until(region, (name) => name === next, `F6 leads to ${next}`);
    }
    for (const next of ["bar", "panel", "stage"]) {
      await desk.keys("Shift+F6");
      await until(region, (name) => name === next, `Shift+F6 leads to ${next}`);
    }
  });
});
