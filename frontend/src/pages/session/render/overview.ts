/**
 * The map from far away: nodes as bars, branches with their names, all on the canvas.
 *
 * A branch that is only a few pixels high is drawn as one bar, so the work is bounded by the
 * window's pixels and not by the number of nodes.
 */

import type { Box } from "~/map/layout";
import { at } from "~/map/slots";
import { meets, type Sight, visit } from "~/map/spatial";
import type { Camera } from "~/pages/session/render/camera";
import type { Ink, Palette } from "~/pages/session/render/palette";
import type { Scene } from "~/pages/session/render/scene";

/** Below this height in pixels a whole branch is one bar. */
const MERGED = 5;
/** Text size of the names of branches, whatever the zoom. */
const NAME = 12;
/** A name is at least given this much room, and a branch this high gets one. */
const NAME_WIDTH = 120;
const NAMED = 70;

/** What is drawn once the bars are: a name with its place. */
interface Name {
  readonly text: string;
  /** The node's box on the screen. */
  readonly box: Box;
  readonly side: number;
  readonly level: number;
  readonly ink: Ink;
}

/** Draws bars, thin curves and names, in pixels of the window. */
export function drawOverview(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
  selected: ReadonlySet<string>,
): void {
  const { layout, model } = scene;
  const { slots } = layout;
  const view = camera.view();
  const bars = new Map<Ink, Path2D>();
  const curves = new Map<Ink, Path2D>();
  const names: Name[] = [];
  const marked: Box[] = [];
  visit(layout, view, (sight) => {
    const { slot, box } = sight;
    const id = slots.id(slot);
    const colour = scene.colourOf(id);
    const ink = colour ? palette.branches[colour] : palette.plain;
    const level = at(slots.level, slot);
    const tall = (at(slots.up, slot) + at(slots.down, slot)) * camera.zoom;
    const merged = level > 1 && tall < MERGED;
    const shape = merged ? blockOf(scene, sight) : box;
    if (meets(shape, view)) {
      addBar(pathOf(bars, ink), toScreen(camera, shape), merged ? 0.6 : 0.45);
      if (selected.has(id)) {
        marked.push(toScreen(camera, box));
      }
    }
    if (level > 0 && !(merged && level > 2)) {
      addLine(pathOf(curves, ink), camera, sight);
    }
    if (level < 2 || (level < 4 && tall > NAMED)) {
      const text = model.node(id)?.text ?? "";
      names.push({ text, box: toScreen(camera, box), side: sight.side, level, ink });
    }
    return merged ? false : undefined;
  });
  strokeAll(context, curves);
  fillAll(context, bars);
  drawMarked(context, marked, palette);
  drawNames(context, names, palette);
}

function pathOf(paths: Map<Ink, Path2D>, ink: Ink): Path2D {
  let path = paths.get(ink);
  if (!path) {
    path = new Path2D();
    paths.set(ink, path);
  }
  return path;
}

/** The rectangle of a whole branch. */
function blockOf(scene: Scene, { slot, side, box }: Sight): Box {
  const { slots } = scene.layout;
  const reach = at(slots.reach, slot);
  const y = box.y + box.height / 2 - at(slots.up, slot);
  const x = side < 0 ? box.x + box.width - reach : box.x;
  return { x, y, width: reach, height: at(slots.up, slot) + at(slots.down, slot) };
}

function toScreen(camera: Camera, box: Box): Box {
  const { x, y } = camera.toScreen(box);
  return { x, y, width: box.width * camera.zoom, height: box.height * camera.zoom };
}

function addBar(path: Path2D, box: Box, share: number): void {
  const height = Math.max(1, box.height * share);
  const y = box.y + (box.height - height) / 2;
  if (height < 4) {
    path.rect(box.x, y, box.width, height);
  } else {
    path.roundRect(box.x, y, box.width, height, Math.min(3, height / 2));
  }
}

function addLine(path: Path2D, camera: Camera, { box, side, fromX, fromY }: Sight): void {
  const from = camera.toScreen({ x: fromX, y: fromY });
  const to = camera.toScreen({
    x: side > 0 ? box.x : box.x + box.width,
    y: box.y + box.height / 2,
  });
  path.moveTo(from.x, from.y);
  const bend = (from.x + to.x) / 2;
  path.bezierCurveTo(bend, from.y, bend, to.y, to.x, to.y);
}

function strokeAll(context: CanvasRenderingContext2D, curves: Map<Ink, Path2D>): void {
  context.lineWidth = 1;
  context.globalAlpha = 0.55;
  for (const [ink, path] of curves) {
    context.strokeStyle = ink.line;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

function fillAll(context: CanvasRenderingContext2D, bars: Map<Ink, Path2D>): void {
  context.globalAlpha = 0.5;
  for (const [ink, path] of bars) {
    context.fillStyle = ink.line;
    context.fill(path);
  }
  context.globalAlpha = 1;
}

function drawMarked(context: CanvasRenderingContext2D, marked: Box[], palette: Palette): void {
  context.strokeStyle = palette.accent;
  context.lineWidth = 2;
  for (const box of marked) {
    context.beginPath();
    context.roundRect(box.x - 4, box.y - 4, box.width + 8, box.height + 8, 5);
    context.stroke();
  }
}

/** Names on small cards, those of higher levels first; one that would cover another is left out. */
function drawNames(context: CanvasRenderingContext2D, names: Name[], palette: Palette): void {
  context.textAlign = "left";
  context.textBaseline = "middle";
  const taken: Box[] = [];
  for (const { text, box, side, level, ink } of names.sort((a, b) => a.level - b.level)) {
    context.font = `${level < 2 ? 650 : 500} ${level === 0 ? NAME + 1 : NAME}px ${palette.family}`;
    const name = shorten(context, text, Math.max(NAME_WIDTH, box.width));
    const width = context.measureText(name).width + 12;
    // A branch's name begins where the branch does, so that it covers nothing before it.
    const start =
      side > 0 ? box.x : side < 0 ? box.x + box.width - width : box.x + (box.width - width) / 2;
    const card = { x: start, y: box.y + box.height / 2 - 10, width, height: 20 };
    if (name === "" || taken.some((other) => meets(other, card))) {
      continue;
    }
    taken.push(card);
    context.beginPath();
    context.roundRect(card.x, card.y, card.width, card.height, 6);
    context.fillStyle = level === 0 ? palette.root : ink.fill;
    context.fill();
    context.fillStyle = level === 0 ? palette.rootText : ink.text;
    context.fillText(name, card.x + 6, card.y + 10.5);
  }
}

function shorten(context: CanvasRenderingContext2D, text: string, room: number): string {
  const line = text.split("\n", 1)[0] ?? "";
  if (context.measureText(line).width <= room) {
    return line;
  }
  let low = 0;
  let high = Math.min(line.length, 60);
  while (low < high) {
    const length = (low + high + 1) >> 1;
    if (context.measureText(`${line.slice(0, length)}…`).width <= room) {
      low = length;
    } else {
      high = length - 1;
    }
  }
  return `${line.slice(0, low).trimEnd()}…`;
}
