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
