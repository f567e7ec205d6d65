/**
 * Arrows between nodes that are not the tree: dashed, with a label in the middle.
 */

import type { Box } from "~/map/layout";
import { meets } from "~/map/spatial";
import type { Camera, Point } from "~/pages/session/render/camera";
import type { Palette } from "~/pages/session/render/palette";
import type { Scene } from "~/pages/session/render/scene";

const HEAD = 9;
const DASH = 5;

/** Draws the arrows that cross the window, in world coordinates; from `far` away as thin, and without labels. */
export function drawRelations(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
  far: boolean,
): void {
  const relations = scene.model.relations();
  if (relations.length === 0) {
    return;
  }
  const view = camera.view(100);
  // From far away an arrow keeps the width it has on the screen, or nobody would see it.
  const pen = far ? 0.75 / camera.zoom : 1;
  context.lineWidth = 1.6 * pen;
  context.strokeStyle = context.fillStyle = palette.muted;
  for (const { from, to, label } of relations) {
    const start = scene.layout.box(scene.shownAncestor(from));
    const end = scene.layout.box(scene.shownAncestor(to));
    if (start && end && start !== end && meets(around(start, end), view)) {
      drawArrow(context, { start, end, label: far ? "" : label, pen }, palette);
    }
  }
}

interface Arrow {
  readonly start: Box;
  readonly end: Box;
  readonly label: string;
  /** How thick, in world units. */
  readonly pen: number;
}

function drawArrow(
  context: CanvasRenderingContext2D,
  { start, end, label, pen }: Arrow,
  palette: Palette,
): void {
  const a = middleOf(start);
  const b = middleOf(end);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  // Bent to one side, so that an arrow and its return do not lie on each other.
  const bow = Math.min(80, length / 4);
  const control = {
    x: (a.x + b.x) / 2 + ((b.y - a.y) / length) * bow,
    y: (a.y + b.y) / 2 - ((b.x - a.x) / length) * bow,
  };
  const from = edgePoint(start, control);
  const tip = edgePoint(end, control);
  context.setLineDash([DASH * pen, DASH * pen]);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.quadraticCurveTo(control.x, control.y, tip.x, tip.y);
  context.stroke();
  context.setLineDash([]);
  drawHead(context, control, tip, HEAD * pen);
  if (label) {
    const at = {
      x: (from.x + 2 * control.x + tip.x) / 4,
      y: (from.y + 2 * control.y + tip.y) / 4,
    };
    drawLabel(context, label, at, palette);
  }
}

function drawHead(context: CanvasRenderingContext2D, from: Point, tip: Point, size: number): void {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  for (const turn of [0.42, -0.42]) {
    context.lineTo(tip.x - size * Math.cos(angle + turn), tip.y - size * Math.sin(angle + turn));
  }
  context.fill();
}

function drawLabel(
  context: CanvasRenderingContext2D,
  label: string,
  at: Point,
  palette: Palette,
): void {
  context.font = `500 12px ${palette.family}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const width = context.measureText(label).width + 12;
  context.fillStyle = palette.page;
  context.fillRect(at.x - width / 2, at.y - 10, width, 20);
  context.fillStyle = palette.muted;
  context.fillText(label, at.x, at.y);
}

function middleOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where the line from a box's middle towards a point leaves the box. */
function edgePoint(box: Box, towards: Point): Point {
  const middle = middleOf(box);
  const dx = towards.x - middle.x;
  const dy = towards.y - middle.y;
  const share = Math.min(
    (box.width / 2 + 4) / Math.max(1e-6, Math.abs(dx)),
    (box.height / 2 + 4) / Math.max(1e-6, Math.abs(dy)),
    1,
  );
  return { x: middle.x + dx * share, y: middle.y + dy * share };
}

function around(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  return { x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
