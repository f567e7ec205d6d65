/**
 * What stands still on the screen while the map around it changes.
 */

import type { Layout } from "~/map/layout";
import type { NodeId } from "~/map/schema";
import { meets, nodesIn } from "~/map/spatial";
import type { Camera, Point } from "~/pages/session/render/camera";
import { BAR_ZOOM } from "~/pages/session/render/metrics";

/**
 * The node that is asked for, in view or not; else the first of the wished ones that is in view;
 * else the one nearest to the window's middle.
 */
export function heldNode(
  layout: Layout,
  camera: Camera,
  asked: NodeId | null,
  wished: readonly (NodeId | null | undefined)[],
): NodeId | null {
  if (asked !== null && layout.slots.find(asked) !== undefined) {
    return asked;
  }
  const view = camera.view();
  for (const id of wished) {
    const box = id ? layout.box(id) : undefined;
    if (id && box && meets(box, view)) {
      return id;
    }
  }
  return camera.zoom < BAR_ZOOM ? null : nearestToMiddle(layout, camera);
}

/** The point of a node that keeps its place while its text grows: the middle of its inner edge. */
export function standpoint(layout: Layout, id: NodeId): Point | undefined {
  const slot = layout.slots.find(id);
  if (slot === undefined) {
    return undefined;
  }
  const { x, y, width, height } = layout.boxOf(slot);
  const side = layout.sideOf(slot);
  const inner = side > 0 ? x : side < 0 ? x + width : x + width / 2;
  return { x: inner, y: y + height / 2 };
}

function nearestToMiddle(layout: Layout, camera: Camera): NodeId | null {
  let best: NodeId | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const id of nodesIn(layout, camera.view())) {
    const point = standpoint(layout, id);
    const away = point ? Math.hypot(point.x - camera.x, point.y - camera.y) : least;
    if (away < least) {
      least = away;
      best = id;
    }
  }
  return best;
}
