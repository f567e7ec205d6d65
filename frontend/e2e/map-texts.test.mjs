/** The words on the map: in every script, and while others write in them. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { clipboard, openMap, page, press, select, state, type } from "./board.mjs";

/** Texts that break lines in ways of their own. */
const HARD = [
  "Überfälle an Bahnhöfen, Straßenbahnhaltestellen und Fußgängerzonen bei Nacht",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "https://example.org/a/very/long/address?with=many&parts=and-more-of-them#end",
  "犯罪予防のための国際的な協力と情報共有の仕組みを整える必要がある",
  "التعاون عبر الحدود يحتاج إلى لغة مشتركة وثقة متبادلة بين الأجهزة",
  "Σε κάθε χώρα άλλα έντυπα, άλλες προθεσμίες και άλλοι αρμόδιοι",
  "well-known cross-border follow-up work-arounds and know-how in co-operation",
  "AVATAR Wave To. Yes! Type: fi ffi fl – ‘quoted’ “twice” … 1 000 000 €",
  "👩‍🚒 emoji in the text 🚓🚓🚓 and then words until the line is full again 🧭",
];

describe("boxes", () => {
  it("hold their texts in every script", async () => {
    await openMap("map=empty");
    await clipboard("paste", HARD.join("\n"));
    await press("Control+0");
    await state();
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("[role=treeitem]")]
        .map((node) => {
          const range = document.createRange();
          range.selectNodeContents(node.firstElementChild);
          const [text, box] = [range.getBoundingClientRect(), node.getBoundingClientRect()];
          const inside = text.top >= box.top && text.bottom <= box.bottom + 0.5;
          return inside && text.width <= box.width ? null : node.textContent;
        })
        .filter((text) => text !== null),
    );
    assert.deepEqual(cut, []);
  });

  it("are as large while one writes in them", async () => {
    await openMap("map=empty");
    await clipboard("paste", HARD.join("\n"));
    await press("Control+0");
    const sizes = [];
    for (const text of HARD) {
      await select(text);
      await press("F2");
      await state();
      const [node, editor] = await page.evaluate(() =>
        ["[role=treeitem][data-active]", "[data-editor]"].map((box) => {
          const { width, height } = document.querySelector(box).getBoundingClientRect();
          return { width: Math.round(width), height: Math.round(height) };
        }),
      );
      sizes.push({ text, node, editor });
      await press("Escape");
    }
    for (const { text, node, editor } of sizes) assert.deepEqual(editor, node, text);
  });
});

/** Makes sure that one sees where one writes, once the picture is still. */
const seesCaret = async () => {
  await state();
  const { top, bottom } = await page.evaluate(() => {
    const field = document.querySelector("[data-editor] textarea");
    const mirror = field.previousElementSibling;
    const range = document.createRange();
    range.setStart(mirror.firstChild, field.selectionStart);
    range.setEnd(mirror.firstChild, field.selectionStart + 1);
    const { top, bottom } = range.getBoundingClientRect();
    return { top: Math.round(top), bottom: Math.round(bottom) };
  });
  assert.ok(top >= 0 && bottom < page.viewportSize().height, `one writes at ${top}`);
};

/** The active node's element and, while it is written in, its field. */
const boxes = () =>
  page.evaluate(() =>
    ["[role=treeitem][data-active]", "[data-editor]"].map((box) => {
      const { top, bottom, height } = document.querySelector(box).getBoundingClientRect();
      return { top: Math.round(top), bottom: Math.round(bottom), height: Math.round(height) };
    }),
  );

describe("a long text", () => {
  const LONG = Array.from({ length: 320 }, (_, n) => `word ${n}`).join(" ");

  beforeEach(async () => {
    await openMap("map=empty");
    await clipboard("paste", `${LONG}\nShort`);
    await select(LONG);
    await state();
  });

  it("shows its first lines and how many more there are, and all of them when asked to", async () => {
    const [cut] = await boxes();
    assert.ok(cut.height < 300, `${cut.height} pixels high`);
    const more = page.getByText(/^… \d+ more lines$/);
    await more.click();
    await state();
    const [whole] = await boxes();
    assert.ok(whole.height > 3 * cut.height, `${whole.height} pixels high`);
    assert.ok(whole.top > 0, `it begins at ${whole.top}`);
    assert.equal(await more.count(), 0);
    await select("Short");
    await more.waitFor();
  });

  it("is there to its end while one writes in it, and its end is where one writes on", async () => {
    await press("F2");
    await state();
    const [node, field] = await boxes();
    assert.ok(field.height > 600 && Math.abs(field.height - node.height) <= 1, "the whole text");
    const { height } = page.viewportSize();
    assert.ok(field.bottom < height, `it ends at ${field.bottom}`);
    await press("Control+Home");
    await type("First ");
    assert.match((await state()).editing, /^First word 0/);
    await seesCaret();
  });

  it("is seen where one writes when much is put into it at once", async () => {
    await select("Short");
    await press("F2");
    await page.keyboard.insertText(`${LONG} `);
    await seesCaret();
    await press("Control+Home");
    await press(...Array(30).fill("ArrowDown"));
    await seesCaret();
    await press("Control+a");
    await page.keyboard.insertText("Short again");
    await seesCaret();
  });
});

describe("writing together", () => {
  beforeEach(() => openMap());

  it("lets two people write in one text at once, and each caret stays among its letters", async () => {
    await select("Fraud by phone");
    await press("F2", "Home");
    await type("New: ");
    await page.evaluate(() => {
      const text = window.bench.there().getMap("nodes").get("n17").get("text");
      text.insert(text.length, " and chat");
      text.insert(0, "* ");
    });
    await type("big ");
    assert.equal((await state()).editing, "* New: big Fraud by phone and chat");
  });

  it("takes back with Escape what I wrote, and not what others wrote meanwhile", async () => {
    await select("Fraud by phone");
    await press("F2");
    await type(" or not");
    await page.evaluate(() =>
      window.bench.there().getMap("nodes").get("n17").get("text").insert(0, "Much "),
    );
    await type("!");
    await press("Escape");
    assert.equal((await state()).active, "Much Fraud by phone");
  });

  it("shows another's caret with a name in the text that is being edited", async () => {
    await select("Fraud by phone");
    await press("F2");
    await page.evaluate(() => {
      const { setPeer, caretAt } = window.bench;
      const at = caretAt("n17", 5);
      const user = { id: "x", name: "Heron-12", colour: "green", role: "editor" };
      setPeer(77, { user, caret: { node: "n17", field: "text", anchor: at, head: at } });
    });
    await page.waitForFunction(() =>
      document.querySelector("[data-editor]")?.textContent?.includes("Heron-12"),
    );
  });
});

describe("while others change the map", () => {
  beforeEach(() => openMap());

  it("rings the node that somebody is at, also from far away", async () => {
    await page.evaluate(() => window.bench.controller.view.zoomBy(0.3));
    await state();
    const [ring, wanted] = await page.evaluate(async () => {
      const { controller, setPeer } = window.bench;
      const { camera, scene } = controller.view;
      const canvas = document.querySelector("canvas");
      const pixels = () =>
        new Uint32Array(
          canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer,
        );
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const before = pixels();
      const user = { id: "x", name: "Heron-12", colour: "green", role: "editor" };
      setPeer(77, { user, selected: "n17" });
      let changed = [];
      while (changed.length === 0) {
        await frame();
        changed = [...pixels().entries()].filter(([at, value]) => value !== before[at]);
      }
      const xs = changed.map(([at]) => at % canvas.width);
      const ys = changed.map(([at]) => Math.floor(at / canvas.width));
      const edges = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      const box = scene.layout.box("n17");
      const { x, y } = camera.toScreen(box);
      const [width, height] = [box.width * camera.zoom, box.height * camera.zoom];
      return [edges, [x - 3, y - 3, x + width + 3, y + height + 3]];
    });
    for (const [n, edge] of ring.entries()) {
      assert.ok(Math.abs(edge - wanted[n]) < 3, `${ring} is not around ${wanted.map(Math.round)}`);
    }
  });

  it("rings what is selected, also inside of a branch that is one bar from so far", async () => {
    await page.close();
    await openMap("map=10000");
    const shown = await page.evaluate(async () => {
      const { view } = window.bench.controller;
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const { layout } = view.scene;
      const leaf = layout.slots.id(layout.size - 1);
      view.select(leaf);
      view.fit();
      for (let n = 0; n < 3; n++) await frame();
      const canvas = document.querySelector("canvas");
      const box = layout.box(leaf);
      const { x, y } = view.camera.toScreen(box);
      const at = [Math.round(x + (box.width * view.camera.zoom) / 2), Math.round(y) - 12];
      const pixels = () =>
        canvas
          .getContext("2d")
          .getImageData(...at, 1, 24)
          .data.join();
      const ringed = pixels();
      view.selection.only(null);
      for (let n = 0; n < 3; n++) await frame();
      return { isRinged: ringed !== pixels(), high: box.height * view.camera.zoom };
    });
    assert.ok(shown.high < 5, `${shown.high} high`);
    assert.ok(shown.isRinged);
  });

  it("keeps focus, caret and picture when others change the map around", async () => {
    await select("Call centres abroad");
    await press("F2");
    await type(" an");
    const before = await page.locator("textarea").boundingBox();
    await page.evaluate(() => {
      const nodes = window.bench.there().getMap("nodes");
      nodes
        .get("n2")
        .get("text")
        .insert(0, "A long text that makes the node above much higher. ".repeat(5));
      nodes.get("n13").delete("kind");
    });
    await state();
    const after = await page.locator("textarea").boundingBox();
    assert.ok(Math.abs(before.y - after.y) < 1, `moved by ${after.y - before.y}`);
    await type("d more");
    assert.equal((await state()).editing, "Call centres abroad and more");
  });

  it("ignores keys while an input method composes, and then takes the whole word", async () => {
    await select("Call centres abroad");
    await press("F2");
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Input.imeSetComposition", {
      text: "にほん",
      selectionStart: 3,
      selectionEnd: 3,
    });
    await page.evaluate(() =>
      window.bench.there().getMap("nodes").get("n19").get("text").insert(0, "* "),
    );
    const during = await state();
    assert.equal(during.editing, "* Call centres abroad");
    await cdp.send("Input.insertText", { text: "日本" });
    assert.equal((await state()).editing, "* Call centres abroad日本");
  });
});
