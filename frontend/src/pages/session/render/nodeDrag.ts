/**
 * Nodes on their way to another place: the ghost at the pointer, the mark where they would land.
 */

import type { Box } from "~/map/layout";
import type { NodeId } from "~/map/schema";
import type { Point } from "~/pages/session/render/camera";
import { type DropTarget, dropTarget, isSamePlace } from "~/pages/session/render/dropTarget";
import styles from "~/pages/session/render/Map.module.css";
import type { MapView } from "~/pages/session/render/MapView";
import { part } from "~/pages/session/render/nodeElement";

/** What a drag tells the page. */
export interface DragEvents {
  /** Where it would land now; null over nothing. Once a change, for presence. */
  hover(ids: readonly NodeId[], target: DropTarget | null): void;
  drop(ids: readonly NodeId[], target: DropTarget): void;
  /** It is over, dropped or not. */
  end(): void;
}

const SVG = "http://www.w3.org/2000/svg";
/** Near the window's edge a drag pulls the map along: width of that edge, and pixels a frame. */
const EDGE = 44;
const PULL = 12;

/** One drag at a time. */
export class NodeDrag {
  private ids: readonly NodeId[] = [];
  private point: Point = { x: 0, y: 0 };
  private target: DropTarget | null = null;
  private readonly ghost = part("div", styles.ghost);
  private readonly frame = part("div", styles.dropParent);
  private readonly svg = document.createElementNS(SVG, "svg");
  private readonly path = document.createElementNS(SVG, "path");

  constructor(
    private readonly view: MapView,
    private readonly events: DragEvents,
  ) {
    this.svg.setAttribute("class", styles.dropMark ?? "");
    this.svg.append(this.path);
    view.overlays.push(() => this.draw());
  }

  /** Whether something is being dragged. */
  get active(): boolean {
    return this.ids.length > 0;
  }

  /** Picks nodes up. */
  start(ids: readonly NodeId[], point: Point): void {
    this.ids = ids;
    this.point = point;
    const text = this.view.scene.model.node(ids[0] ?? "")?.text ?? "";
    this.ghost.textContent = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    this.ghost.dataset.count = ids.length > 1 ? String(ids.length) : "";
    this.view.stage.drag.append(this.svg, this.frame, this.ghost);
    this.view.stage.host.toggleAttribute("data-dragging", true);
    this.view.invalidate();
  }

  /** Follows the pointer. */
  move(point: Point): void {
    this.point = point;
    this.view.invalidate();
  }

  /** Lets go: the nodes land where the mark is, or would be in the next frame. */
  end(): void {
    if (!this.active) {
      return;
    }
    const { ids } = this;
    const target = this.aim();
    this.cancel();
    if (target && !isSamePlace(this.view.scene, ids, target)) {
      this.events.drop(ids, target);
    }
  }

  /** Puts everything back. */
  cancel(): void {
    if (!this.active) {
      return;
    }
    this.fade(false);
    this.ids = [];
    this.target = null;
    this.ghost.remove();
    this.frame.remove();
    this.svg.remove();
    this.view.stage.host.removeAttribute("data-dragging");
    this.events.end();
  }

  private draw(): void {
    if (!this.active) {
      return;
    }
    this.pull();
    const target = this.aim();
    if (target?.parent !== this.target?.parent || target?.before !== this.target?.before) {
      this.events.hover(this.ids, target);
    }
    this.target = target;
    this.fade(true);
    this.ghost.style.transform = `translate(${this.point.x + 14}px, ${this.point.y + 10}px)`;
    this.drawMark();
  }

  /** Where the nodes would land from where the pointer is now. */
  private aim(): DropTarget | null {
    const { camera, scene } = this.view;
    return dropTarget(scene, camera.toWorld(this.point), new Set(this.ids));
  }

  /** What is on its way looks pale where it still stands. */
  private fade(faded: boolean): void {
    for (const id of this.ids) {
      this.view.element(id)?.toggleAttribute("data-leaving", faded);
    }
  }

  private drawMark(): void {
    const { camera, scene } = this.view;
    const { target } = this;
    const box = target ? scene.layout.box(target.parent) : undefined;
    this.frame.hidden = !box;
    this.svg.toggleAttribute("hidden", !box);
    if (!target || !box) {
      return;
    }
    placeAround(this.frame, camera.toScreen(box), box, camera.zoom);
    const outer = target.side > 0 ? box.x + box.width : box.x;
    const from = camera.toScreen({ x: outer, y: box.y + box.height / 2 });
    const to = camera.toScreen(target.mark);
    const end = to.x + target.side * Math.max(36, 90 * camera.zoom);
    const bend = (from.x + to.x) / 2;
    this.path.setAttribute(
      "d",
      `M${from.x} ${from.y}C${bend} ${from.y} ${bend} ${to.y} ${to.x} ${to.y}L${end} ${to.y}`,
    );
  }

  /** Pulls the map along while the pointer waits near the window's edge, as long as there is more of it that way. */
  private pull(): void {
    const { camera, scene } = this.view;
    const { x, y, width, height } = scene.layout.bounds();
    const from = camera.toScreen({ x, y });
    const to = camera.toScreen({ x: x + width, y: y + height });
    const dx = pullOf(this.point.x, camera.width, from.x, to.x);
    const dy = pullOf(this.point.y, camera.height, from.y, to.y);
    if (dx !== 0 || dy !== 0) {
      camera.pan(dx, dy);
      this.view.invalidate();
    }
  }
}

/** How far to pull in one direction, with the pointer at this place of the window and the map from here to there. */
function pullOf(at: number, size: number, from: number, to: number): number {
  if (at < EDGE) return from < 2 * EDGE ? PULL : 0;
  return at > size - EDGE && to > size - 2 * EDGE ? -PULL : 0;
}

function placeAround(frame: HTMLElement, at: Point, box: Box, zoom: number): void {
  frame.style.transform = `translate(${at.x - 4}px, ${at.y - 4}px)`;
  frame.style.width = `${box.width * zoom + 8}px`;
  frame.style.height = `${box.height * zoom + 8}px`;
}
