/**
 * The map in a real browser: what hands do, and what is then in the document.
 *
 *   npx vite build --config bench/vite.config.ts && node --test e2e/map.test.mjs
 */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { browse, serve } from "../bench/browser.mjs";

let server;
let browser;
let page;

before(async () => {
  server = await serve();
  browser = await browse();
});

after(async () => {
  await browser.close();
  server.close();
});

afterEach(() => page.context().close());

async function openMap(query = "map=workshop", options = {}) {
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

const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const type = (text) => page.keyboard.type(text);

/** What the map shows after the next frame. */
const state = () =>
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

const select = (text) =>
  page.evaluate((words) => {
    const { controller } = window.bench;
    const { model } = controller.context();
    for (const node of model.walk()) if (node.text === words) controller.view.select(node.id);
  }, text);

/** The middle of a node on the screen. */
async function spot(text) {
  const box = await page.locator("[role=treeitem]", { hasText: text }).first().boundingBox();
  return { ...box, cx: box.x + box.width / 2, cy: box.y + box.height / 2 };
}

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
    await type("s over crowds");
    assert.equal((await state()).editing, "Drones over crowds");
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

/** What Ctrl+V does with a text on the clipboard, and Ctrl+C or X with the selection. */
const clipboard = (kind, text = "") =>
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

describe("pointer", () => {
  beforeEach(() => openMap());

  it("edits with a double click, and commits with a click elsewhere", async () => {
    await page.locator("[role=treeitem]", { hasText: "Cybercrime" }).dblclick();
    await type(" today");
    await page.mouse.click(640, 20);
    assert.equal((await state()).editing, null);
    await select("Cybercrime today");
    assert.equal((await state()).active, "Cybercrime today");
  });

  it("drags a branch into another, where the mark shows it", async () => {
    await press("Control+0");
    await state();
    const from = await spot("Drone photos of scenes");
    const to = await spot("Fraud by phone");
    await page.mouse.move(from.cx, from.cy);
    await page.mouse.down();
    await page.mouse.move(from.cx + 20, from.cy - 20);
    await page.mouse.move(to.cx, to.cy, { steps: 5 });
    await state();
    await page.mouse.up();
    const now = await state();
    assert.equal(now.active, "Drone photos of scenes");
    assert.equal(now.parent, "Fraud by phone");
  });

  it("leaves everything as it was when a drag ends with Escape", async () => {
    await press("Control+0");
    await state();
    const from = await spot("Drone photos of scenes");
    const to = await spot("Fraud by phone");
    await page.mouse.move(from.cx, from.cy);
    await page.mouse.down();
    await page.mouse.move(to.cx, to.cy, { steps: 5 });
    await state(); // The browser holds moves back until the next frame, but not keys.
    await press("Escape");
    await page.mouse.up();
    assert.equal((await state()).parent, "Forensics");
  });

  it("pans with the wheel, and zooms about the pointer with Ctrl", async () => {
    const before = await spot("Cybercrime");
    await page.mouse.move(before.cx, before.cy);
    await page.mouse.wheel(0, 120);
    await state();
    const panned = await spot("Cybercrime");
    assert.ok(Math.abs(before.y - panned.y - 120) < 2);
    await page.mouse.move(panned.cx, panned.cy);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    await state();
    const zoomed = await spot("Cybercrime");
    assert.ok(zoomed.width > panned.width);
    assert.ok(Math.hypot(zoomed.cx - panned.cx, zoomed.cy - panned.cy) < 3);
  });
});

describe("menu", () => {
  beforeEach(() => openMap());

  it("opens at the active node with its key, and is walked with arrows", async () => {
    await select("Forensics");
    await press("ContextMenu");
    const menu = page.getByRole("menu");
    await menu.waitFor();
    const node = await spot("Forensics");
    const place = await menu.boundingBox();
    assert.ok(Math.abs(place.x - node.x) < 20);
    await press("ArrowDown", "ArrowDown", "Enter");
    assert.equal((await state()).parent, "Forensics");
    assert.equal((await state()).editing, "");
  });

  it("gives a kind, which the node then shows in words", async () => {
    const node = page.locator("[role=treeitem]", { hasText: "Call centres abroad" });
    await node.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Kind" }).click();
    await page.getByRole("menuitemradio", { name: "Cause" }).click();
    await state();
    assert.equal(await node.textContent(), "CauseCall centres abroad");
  });
});

describe("looking only", () => {
  beforeEach(() => openMap("map=workshop&view=1"));

  it("walks and folds, and lets nothing be changed", async () => {
    await select("Cybercrime");
    const { size } = await state();
    await press("Delete", "F2", "Enter", "Insert", "x");
    await page.locator("[role=treeitem]", { hasText: "Forensics" }).dblclick();
    const now = await state();
    assert.equal(now.size, size);
    assert.equal(now.editing, null);
    await page.locator("[role=treeitem]", { hasText: "Forensics" }).click({ button: "right" });
    assert.equal(await page.getByRole("menuitem", { name: "Delete" }).count(), 0);
  });
});

describe("touch", () => {
  beforeEach(() =>
    openMap("map=workshop", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    }),
  );

  /** Fingers on the glass, as the browser reports them. */
  async function touch(...steps) {
    const cdp = await page.context().newCDPSession(page);
    for (const points of steps) {
      const type = points === null ? "touchEnd" : "touchMove";
      await cdp.send("Input.dispatchTouchEvent", {
        type: steps.indexOf(points) === 0 ? "touchStart" : type,
        touchPoints: (points ?? []).map(([x, y], id) => ({ x, y, id })),
      });
      await state();
    }
  }

  it("selects with a tap and edits with two", async () => {
    const { cx, cy } = await spot("What holds us back");
    await page.touchscreen.tap(cx, cy);
    assert.match((await state()).active, /^What holds us back/);
    await page.touchscreen.tap(cx, cy);
    assert.match((await state()).editing, /^What holds us back/);
  });

  it("pans with one finger, on a node too, and moves nothing", async () => {
    const before = await spot("Cybercrime");
    const at = [before.x + 20, before.cy];
    await touch([at], [[at[0] - 30, at[1]]], [[at[0] - 60, at[1] - 40]], null);
    const after = await spot("Cybercrime");
    assert.ok(Math.abs(before.x - after.x - 60) < 2, `by ${before.x - after.x}`);
    await select("Cybercrime");
    assert.match((await state()).parent, /^What holds us back/);
  });

  it("zooms with two fingers", async () => {
    const before = await spot("What holds us back");
    const [x, y] = [before.cx, before.cy];
    await touch(
      [
        [x - 40, y],
        [x + 40, y],
      ],
      [
        [x - 60, y],
        [x + 60, y],
      ],
      [
        [x - 80, y],
        [x + 80, y],
      ],
      null,
    );
    const after = await spot("What holds us back");
    assert.ok(Math.abs(after.width / before.width - 2) < 0.1, `${after.width / before.width}`);
    assert.ok(Math.abs(after.cx - x) < 3);
  });

  it("opens the menu with a long press", async () => {
    const { cx, cy } = await spot("What holds us back");
    await touch([[cx, cy]]);
    await page.getByRole("menuitem", { name: "Add child" }).waitFor();
  });
});
