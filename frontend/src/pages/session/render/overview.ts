/**
 * The map from far away: nodes as bars, branches with their names, all on the canvas.
 *
 * A branch that is only a few pixels high is drawn as one bar, so the work is bounded by the
 * window's pixels and not by the number of nodes.
 */

import type { Box } from "~/map/layout";
import type { NodeId } from "~/map/schema";
import { at } from "~/map/slots";
import { meets, type Sight, visit } from "~/map/spatial";
import type { Camera, Point } from "~/pages/session/render/camera";
import type { Ink, Palette } from "~/pages/session/render/palette";
import type { Scene } from "~/pages/session/render/scene";

/** Below this height in pixels a whole branch is one bar. */
const MERGED = 5;
/** Text size of the names of branches, whatever the zoom. */
const NAME = 12;
/** A name is at least given this much room, and a branch this high gets one. */
const NAME_WIDTH = 120;
const NAMED = 70;
/** A ring is so far from what it is around. */
const RING = 3;
/** Up to so many selected nodes have a ring also inside a branch that is one bar; more would only cover it. */
const RINGED = 60;

/** The cards that names stand on, in pixels of the window. A card is often wider than its node. */
export type Cards = ReadonlyMap<NodeId, Box>;

/** What is drawn once the bars are: a name with its place. */
interface Name {
  readonly id: NodeId;
  readonly text: string;
  /** The node's box on the screen. */
  readonly box: Box;
  readonly side: number;
  readonly level: number;
  readonly ink: Ink;
}

/** Draws bars, thin curves and names, in pixels of the window, and says where the names stand. */
export function drawOverview(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
  selected: ReadonlySet<NodeId>,
): Cards {
  const { layout, model } = scene;
  const { slots } = layout;
  const view = camera.view();
  const bars = new Map<Ink, Path2D>();
  const curves = new Map<Ink, Path2D>();
  const names: Name[] = [];
  const marked: NodeId[] = [];
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
        marked.push(id);
      }
    }
    if (level > 0 && !(merged && level > 2)) {
      addLine(pathOf(curves, ink), camera, sight);
    }
    if (level < 2 || (level < 4 && tall > NAMED)) {
      const text = model.node(id)?.text ?? "";
      names.push({ id, text, box: toScreen(camera, box), side: sight.side, level, ink });
    }
    return merged ? false : undefined;
  });
  strokeAll(context, curves);
  fillAll(context, bars);
  const cards = drawNames(context, names, palette);
  for (const id of selected.size <= RINGED ? selected : marked) {
    drawRing(context, frameOf(scene, camera, cards, id), palette.accent);
  }
  return cards;
}

/** What a node takes up on the screen in an overview, its card included; null where it has no place. */
export function frameOf(scene: Scene, camera: Camera, cards: Cards, id: NodeId): Box | null {
  const box = scene.layout.box(id);
  if (!box) return null;
  const bar = toScreen(camera, box);
  const card = cards.get(id) ?? bar;
  const x = Math.min(bar.x, card.x);
  const y = Math.min(bar.y, card.y);
  const width = Math.max(bar.x + bar.width, card.x + card.width) - x;
  return { x, y, width, height: Math.max(bar.y + bar.height, card.y + card.height) - y };
}

/** Draws a ring around what a node takes up. */
export function drawRing(context: CanvasRenderingContext2D, frame: Box | null, ink: string): void {
  if (!frame) return;
  const { x, y, width, height } = frame;
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(x - RING, y - RING, width + RING * 2, height + RING * 2, 2 * RING);
  context.stroke();
}

/** The node whose name stands at a point of the window, or touches a rectangle of it. */
export function cardAt(
  cards: Cards,
  { x, y, width = 0, height = 0 }: Point & Partial<Box>,
): NodeId | undefined {
  const place = { x, y, width, height };
  for (const [id, card] of cards) if (meets(card, place)) return id;
  return undefined;
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

/** Names on small cards, those of higher levels first; one that would cover another is left out. */
function drawNames(context: CanvasRenderingContext2D, names: Name[], palette: Palette): Cards {
  context.textAlign = "left";
  context.textBaseline = "middle";
  const cards = new Map<NodeId, Box>();
  for (const { id, text, box, side, level, ink } of names.sort((a, b) => a.level - b.level)) {
    context.font = `${level < 2 ? 650 : 500} ${level === 0 ? NAME + 1 : NAME}px ${palette.family}`;
    const name = shorten(context, text, Math.max(NAME_WIDTH, box.width));
    const width = context.measureText(name).width + 12;
    // A branch's name begins where the branch does, so that it covers nothing before it.
    const start =
      side > 0 ? box.x : side < 0 ? box.x + box.width - width : box.x + (box.width - width) / 2;
    const card = { x: start, y: box.y + box.height / 2 - 10, width, height: 20 };
    if (name === "" || cardAt(cards, card) !== undefined) {
      continue;
    }
    cards.set(id, card);
    context.beginPath();
    context.roundRect(card.x, card.y, card.width, card.height, 6);
    context.fillStyle = level === 0 ? palette.root : ink.fill;
    context.fill();
    context.fillStyle = level === 0 ? palette.rootText : ink.text;
    context.fillText(name, card.x + 6, card.y + 10.5);
  }
  return cards;
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
