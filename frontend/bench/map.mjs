/**
 * Measures the map in a real browser, with 10,000 nodes unless told otherwise.
 *
 *   npx vite build --config bench/vite.config.ts && node bench/map.mjs [nodes] [--linked] [--check]
 *
 * With --linked every third node has a chip. With --check it fails where a target of the design is missed.
 */
import { browse, serve } from "./browser.mjs";

const nodes = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 10_000);
const linked = process.argv.includes("--linked");
const check = process.argv.includes("--check");
const TARGETS = { layout: 40, relayout: 5, firstPaint: 300, fps: 30, edit: 50 };

const server = await serve();
const browser = await browse();
const failures = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const painted = page.waitForEvent("console", (message) => message.text() === "painted");
  await page.goto(`${server.url}/?map=${nodes}${linked ? "&linked=1" : ""}`);
  await painted;
  await report(page);
} finally {
  await browser.close();
  server.close();
}
if (check && failures.length > 0) {
  process.stderr.write(`missed: ${failures.join(", ")}\n`);
  process.exitCode = 1;
}

async function report(page) {
  const start = await page.evaluate(() => {
    const { opened, modelled, firstPaint } = window.bench;
    return { model: modelled - opened, paint: firstPaint - opened };
  });
  line("model built", start.model, "ms");
  line("first paint after the document", start.paint, "ms", start.paint < TARGETS.firstPaint);
  const layout = await page.evaluate(layOut);
  line("layout, whole", layout.whole, "ms", layout.whole < TARGETS.layout);
  line("layout, one node changed", layout.one, "ms", layout.one < TARGETS.relayout);
  for (const zoom of [1, 0.6, 0.42, 0.3, 0.1, 0.02]) {
    const { fps, p95 } = await page.evaluate(pan, { zoom, frames: 90 });
    line(`pan at zoom ${zoom}`, fps, "fps", fps >= TARGETS.fps, `p95 ${p95.toFixed(0)} ms`);
  }
  const zoomed = await page.evaluate(sweep, 90);
  line(
    "zoom from 1 to 0.025",
    zoomed.fps,
    "fps",
    zoomed.fps >= TARGETS.fps,
    `p95 ${zoomed.p95.toFixed(0)} ms`,
  );
  if (linked) line("all cards change", await page.evaluate(deal), "ms");
  for (const kind of ["add", "remote", "type"]) {
    const times = await page.evaluate(edits, kind);
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    line(
      `${kind}: from edit to screen`,
      median,
      "ms",
      median < TARGETS.edit,
      `worst ${times.at(-1).toFixed(0)} ms`,
    );
  }
  line(
    "elements in the page",
    await page.evaluate(() => document.querySelectorAll("*").length),
    "",
  );
}

function line(what, value, unit, good = true, more = "") {
  if (!good) failures.push(what);
  process.stdout.write(
    `${what.padEnd(32)} ${value.toFixed(unit === "fps" ? 0 : 1).padStart(8)} ${unit} ${more}${good ? "" : "  MISSED"}\n`,
  );
}

// What follows runs in the page.

function layOut() {
  const { layout } = window.bench.controller.view.scene;
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const time = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  return {
    whole: median(Array.from({ length: 9 }, () => time(() => layout.rebuild()))),
    one: median(Array.from({ length: 9 }, (_, n) => time(() => layout.refresh([`n${5000 + n}`])))),
  };
}

/** From other cards for all to the picture with them; the longest frame of it counts. */
async function deal() {
  const times = [];
  for (const trl of [5, 6, 8, 9, 7]) {
    const start = performance.now();
    window.bench.deal(trl);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2];
}

async function pan({ zoom, frames }) {
  const { view } = window.bench.controller;
  const middle = { x: 640, y: 360 };
  Object.assign(view.camera, { x: 900, y: 0 });
  view.zoomNow(middle, zoom / view.camera.zoom);
  await new Promise((done) => setTimeout(done, 200));
  const times = [];
  let last = performance.now();
  for (let i = 0; i < frames; i++) {
    const way = i < frames / 2 ? -1 : 1;
    window.bench.controller.pan(way * 9, way * 14);
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { fps: 1000 / mean, p95: times[Math.floor(times.length * 0.95)] };
}

async function sweep(frames) {
  const { view } = window.bench.controller;
  view.zoomNow({ x: 640, y: 360 }, 1 / view.camera.zoom);
  await new Promise((done) => setTimeout(done, 200));
  const times = [];
  let last = performance.now();
  for (let i = 0; i < frames; i++) {
    view.zoomNow({ x: 640, y: 360 }, 0.025 ** (1 / frames));
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { fps: 1000 / mean, p95: times[Math.floor(times.length * 0.95)] };
}

async function edits(kind) {
  const { controller, there } = window.bench;
  const { view } = controller;
  const texts = there().getMap("nodes");
  view.camera.zoom = 1;
  view.jumpTo("n200");
  await new Promise((done) => setTimeout(done, 500));
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(null);
      });
    });
  const times = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    if (kind === "add") {
      controller.run("addAfter");
    } else if (kind === "remote") {
      texts
        .get(`n${200 + i}`)
        .get("text")
        .insert(0, `${i} `);
    } else {
      document.execCommand("insertText", false, "x");
    }
    await painted();
    times.push(performance.now() - start);
    if (kind === "add") document.execCommand("insertText", false, `node ${i}`);
    await new Promise((done) => setTimeout(done, 60));
  }
  return times;
}
