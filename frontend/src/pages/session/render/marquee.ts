/**
 * The rectangle that selects many nodes.
 */

import type { Box } from "~/map/layout";
import type { Point } from "~/pages/session/render/camera";
import styles from "~/pages/session/render/Map.module.css";
import type { MapView } from "~/pages/session/render/MapView";
import { part } from "~/pages/session/render/nodeElement";

/** Draws it, and says what it covers. */
export class Marquee {
  private readonly element = part("div", styles.marquee);

  constructor(private readonly view: MapView) {}

  /** Shows it between two points of the window, or takes it away; returns what it covers. */
  show(from: Point, to: Point, end: boolean): Box {
    const x = Math.min(from.x, to.x);
    const y = Math.min(from.y, to.y);
    const width = Math.abs(to.x - from.x);
    const height = Math.abs(to.y - from.y);
    if (end) {
      this.element.remove();
    } else {
      this.element.style.transform = `translate(${x}px, ${y}px)`;
      this.element.style.width = `${width}px`;
      this.element.style.height = `${height}px`;
      this.view.stage.drag.append(this.element);
    }
    const { zoom } = this.view.camera;
    const corner = this.view.camera.toWorld({ x, y });
    return { ...corner, width: width / zoom, height: height / zoom };
  }
}
