/**
 * Arrows between nodes that are not the tree: dashed, with a label in the middle.
 */

import type { Box } from "~/map/layout";
import { cut } from "~/map/schema";
import { meets, nodesIn } from "~/map/spatial";
import type { Camera, Point } from "~/pages/session/render/camera";
import type { Palette } from "~/pages/session/render/palette";
import type { Scene } from "~/pages/session/render/scene";

const HEAD = 9;
const DASH = 5;
/** Where along an arrow its label may stand, the best place first. */
const LABEL_PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
/** A longer label is cut on the map; the panel has all of it. */
const LABEL_SHOWN = 40;

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
      const curve = drawArrow(context, { start, end, pen });
      if (label && !far) drawLabel(context, label, curve, scene, palette);
    }
  }
}

type Curve = (share: number) => Point;

interface Arrow {
  readonly start: Box;
  readonly end: Box;
  /** How thick, in world units. */
  readonly pen: number;
}

/** Draws an arrow, and gives its points by how far along they are, from 0 to 1. */
function drawArrow(context: CanvasRenderingContext2D, { start, end, pen }: Arrow): Curve {
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
  return (share) => ({
    x: (1 - share) ** 2 * from.x + 2 * share * (1 - share) * control.x + share ** 2 * tip.x,
    y: (1 - share) ** 2 * from.y + 2 * share * (1 - share) * control.y + share ** 2 * tip.y,
  });
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

/** Writes a label as near to the middle as no node lies over it. */
function drawLabel(
  context: CanvasRenderingContext2D,
  label: string,
  curve: Curve,
  scene: Scene,
  palette: Palette,
): void {
  const words = label.length > LABEL_SHOWN ? `${cut(label, LABEL_SHOWN)}…` : label;
  context.font = `500 12px ${palette.family}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const width = context.measureText(words).width + 12;
  const boxAt = ({ x, y }: Point): Box => ({ x: x - width / 2, y: y - 10, width, height: 20 });
  const places = LABEL_PLACES.map(curve);
  const free = places.find((place) => nodesIn(scene.layout, boxAt(place)).length === 0);
  const at = free ?? curve(0.5);
  context.fillStyle = palette.page;
  context.fillRect(at.x - width / 2, at.y - 10, width, 20);
  context.fillStyle = palette.muted;
  context.fillText(words, at.x, at.y);
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
