/**
 * What a point of the window lies on.
 */

import type { NodeId } from "~/map/schema";
import { nodeAt, visit } from "~/map/spatial";
import type { Camera, Point } from "~/pages/session/render/camera";
import { BAR_ZOOM, KNOB_OFFSET, KNOB_REACH } from "~/pages/session/render/metrics";
import { type Cards, cardAt } from "~/pages/session/render/overview";
import type { Scene } from "~/pages/session/render/scene";

/** A node, or its fold knob, or the row that says how much of its text is left out. */
export interface Hit {
  readonly id: NodeId;
  readonly knob: boolean;
  readonly more?: boolean;
}

/** Pixels around a node that still count as the node. */
const SLACK = 3;

/** The node or knob under a point of the window; `cards` are the names of an overview. */
export function hitAt(scene: Scene, camera: Camera, point: Point, cards: Cards): Hit | null {
  const { x, y } = camera.toWorld(point);
  const knob = camera.zoom < BAR_ZOOM ? undefined : knobAt(scene, x, y);
  if (knob) {
    return { id: knob, knob: true };
  }
  const id = cardAt(cards, point) ?? nodeAt(scene.layout, x, y, SLACK / camera.zoom);
  if (id === undefined) return null;
  return { id, knob: false, more: camera.zoom >= BAR_ZOOM && scene.isOnMore(id, y) };
}

function knobAt({ layout, model }: Scene, x: number, y: number): NodeId | undefined {
  const reach = KNOB_OFFSET + KNOB_REACH;
  const around = { x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 };
  let found: NodeId | undefined;
  visit(layout, around, ({ slot, box, side }) => {
    const outer = side < 0 ? box.x - KNOB_OFFSET : box.x + box.width + KNOB_OFFSET;
    const near = Math.hypot(x - outer, y - box.y - box.height / 2) <= KNOB_REACH;
    const id = layout.slots.id(slot);
    if (near && side !== 0 && (model.node(id)?.children.length ?? 0) > 0) {
      found = id;
    }
    return undefined;
  });
  return found;
}
