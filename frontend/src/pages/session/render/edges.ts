/**
 * The curves between nodes, on the canvas under the elements.
 */

import { GAP_COLUMN } from "~/map/layout";
import { at } from "~/map/slots";
import { type Sight, visit } from "~/map/spatial";
import type { Camera } from "~/pages/session/render/camera";
import type { Ink, Palette } from "~/pages/session/render/palette";
import type { Scene } from "~/pages/session/render/scene";

/** Curves of one look, drawn with a single stroke. */
interface Batch {
  readonly ink: Ink;
  readonly main: boolean;
  readonly path: Path2D;
}

/** Draws the curves that cross the window, in world coordinates. */
export function drawEdges(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
): void {
  const batches = new Map<string, Batch>();
  visit(scene.layout, camera.view(), (sight) => {
    if (sight.side !== 0) {
      const batch = batchOf(batches, scene, palette, sight.slot);
      addCurve(batch.path, sight);
    }
    return undefined;
  });
  context.lineCap = "round";
  for (const { ink, main, path } of batches.values()) {
    context.strokeStyle = ink.line;
    // Lines thinner than a device pixel would fade out when zoomed out.
    context.lineWidth = Math.max(main ? 2.5 : 1.6, 1 / camera.zoom);
    context.stroke(path);
  }
}

/** One curve, from the parent's outer edge to the child's inner edge. */
function addCurve(path: Path2D, { box, side, fromX, fromY }: Sight): void {
  const x = side > 0 ? box.x : box.x + box.width;
  const y = box.y + box.height / 2;
  // Wide parents of one column end at different places; the bend is always beside the child.
  const bend = Math.min(Math.abs(x - fromX), GAP_COLUMN * 1.5) / 2;
  path.moveTo(fromX, fromY);
  path.bezierCurveTo(x - side * bend, fromY, x - side * bend, y, x, y);
}

function batchOf(batches: Map<string, Batch>, scene: Scene, palette: Palette, slot: number): Batch {
  const colour = scene.colourOf(scene.layout.slots.id(slot));
  const main = at(scene.layout.slots.level, slot) === 1;
  const key = `${colour}${main}`;
  let batch = batches.get(key);
  if (!batch) {
    const ink = colour ? palette.branches[colour] : palette.plain;
    batch = { ink, main, path: new Path2D() };
    batches.set(key, batch);
  }
  return batch;
}
