/** The map by keyboard alone: writing, walking, folding, the clipboard. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { clipboard, openMap, page, press, select, spot, state, type } from "./board.mjs";

describe("writing with the keyboard alone", () => {
  beforeEach(() => openMap("map=empty"));

  it("grows a tree with Tab and Enter", async () => {
    await press("Tab");
    await type("One");
    await press("Enter", "Enter");
    await type("Two");
    await press("Tab");
    await type("Below two");
    await press("Enter");
    const now = await state();
    assert.equal(now.active, "Below two");
    assert.equal(now.parent, "Two");
    await press("ArrowLeft");
    assert.deepEqual((await state()).siblings, ["One", "Two"]);
    await press("ArrowUp");
    assert.equal((await state()).active, "One");
  });

  it("takes a new node away again when nothing is written in it", async () => {
    await press("Tab", "Escape");
    assert.equal((await state()).size, 1);
    await press("Tab", "Enter");
    assert.equal((await state()).size, 1);
  });

  it("starts writing with the first letter typed, and loses none", async () => {
    await press("Tab");
    await type("Drone");
    await press("Enter");
    await type("Crowds");
    assert.equal((await state()).editing, "Crowds");
    await press("Escape");
    assert.equal((await state()).active, "Drone");
  });

  it("puts a parent above, and one undo takes it away", async () => {
    await press("Tab");
    await type("Child");
    await press("Enter", "Control+Shift+Enter");
    await type("Above");
    await press("Enter");
    assert.deepEqual((await state()).children, ["Child"]);
    await press("Control+z", "Control+z");
    await select("Child");
    assert.equal((await state()).parent, "A new map");
  });
});

describe("walking and folding", () => {
  beforeEach(() => openMap());

  it("goes where the arrow points", async () => {
    await select("Cybercrime");
    await press("ArrowUp");
    assert.equal((await state()).active, "Front line policing");
    await press("ArrowLeft", "ArrowLeft", "ArrowLeft");
    assert.equal((await state()).parent, "Crime & intelligence");
    await press("Control+Home");
    assert.equal((await state()).active, "What holds us back, and what would help?");
  });

  it("folds a branch with Space, and opens it with the arrow that leads into it", async () => {
    await select("Cybercrime");
    const before = (await state()).shown;
    await press(" ");
    const hidden = before - (await state()).shown;
    const branch = page.locator("[role=treeitem]", { hasText: "Cybercrime" });
    assert.equal(await branch.getAttribute("aria-expanded"), "false");
    assert.ok((await branch.textContent()).endsWith(String(hidden)), "says how many it hides");
    await press("ArrowRight");
    assert.equal((await state()).shown, before);
  });

  it("remembers folds when the page is loaded again", async () => {
    await select("Forensics");
    await press(" ");
    const folded = (await state()).shown;
    await page.reload();
    await page.waitForFunction(() => window.bench?.firstPaint !== undefined);
    assert.equal((await state()).shown, folded);
  });

  it("extends the selection with Shift, and deletes it with one key and one undo", async () => {
    await select("Different plate formats");
    const { size } = await state();
    await press("Shift+ArrowDown");
    assert.equal((await state()).selected, 2);
    await press("Delete");
    assert.equal((await state()).size, size - 2);
    await press("Control+z");
    assert.equal((await state()).size, size);
  });

  it("moves a branch past its neighbour, and a level in and out", async () => {
    await select("Vehicles and plates");
    await press("Alt+ArrowUp");
    assert.deepEqual((await state()).siblings, [
      "Vehicles and plates",
      "Joint teams take months to set up",
    ]);
    await press("Control+ArrowDown", "Alt+ArrowLeft");
    assert.equal((await state()).parent, "Joint teams take months to set up");
    await press("Alt+ArrowRight");
    assert.equal((await state()).parent, "Cross border crime");
  });
});

describe("undo", () => {
  beforeEach(() => openMap());

  it("brings the map back to exactly where it was, however often", async () => {
    await press("Control+0");
    await select("Fraud by phone");
    const topic = await spot("What holds us back");
    for (let round = 0; round < 4; round++) {
      await press("Delete", "Control+z");
      assert.equal((await state()).active, "Fraud by phone");
    }
    const now = await spot("What holds us back");
    assert.ok(Math.hypot(now.x - topic.x, now.y - topic.y) < 1, `${now.x}, ${now.y}`);
  });

  it("selects what was selected before, and redo what was after", async () => {
    await select("Call centres abroad");
    await press("Alt+ArrowUp", "Control+z");
    assert.equal((await state()).active, "Call centres abroad");
    await press("Delete");
    const heir = (await state()).active;
    await press("Control+z", "Home", "Control+y");
    assert.equal((await state()).active, heir);
  });

  it("takes a main branch to the other side with Alt and an arrow, and the topic stays", async () => {
    await select("Cybercrime");
    const [topic, branch] = [await spot("What holds us back"), await spot("Cybercrime")];
    const isRight = branch.x > topic.x;
    await press(isRight ? "Alt+ArrowLeft" : "Alt+ArrowRight");
    const now = await spot("Cybercrime");
    assert.equal(now.x > topic.x, !isRight);
    assert.ok(Math.abs((await spot("What holds us back")).x - topic.x) < 2);
    await press(isRight ? "Alt+ArrowRight" : "Alt+ArrowLeft");
    assert.ok(Math.abs((await spot("Cybercrime")).x - branch.x) < 2);
  });
});

describe("clipboard", () => {
  beforeEach(() => openMap());

  it("takes an outline in as a branch, with one undo", async () => {
    await select("Forensics");
    const { size } = await state();
    await clipboard("paste", "Pasted\n\tbelow\n\t\tdeeper\n\tagain");
    const now = await state();
    assert.equal(now.active, "Pasted");
    assert.deepEqual(now.children, ["below", "again"]);
    await press("Control+z");
    assert.equal((await state()).size, size);
  });

  it("gives branches out as an outline", async () => {
    await select("Vehicles and plates");
    const text = await clipboard("copy");
    assert.equal(
      text.trim(),
      "Vehicles and plates\n\tDifferent plate formats\n\tWhich cameras may be asked?",
    );
  });

  it("moves what is cut and pasted, with its note", async () => {
    await select("Forensics");
    await press("ArrowLeft");
    await select("One intake for all channels");
    const text = await clipboard("cut");
    await select("Forensics");
    await clipboard("paste", text);
    assert.equal((await state()).parent, "Forensics");
    const node = page.locator("[role=treeitem][data-active]");
    assert.equal(await node.getByLabel("Has a note").count(), 1);
  });
});
