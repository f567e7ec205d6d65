/**
 * The layers of the map's window, bottom to top: one canvas of the window's size; the nodes, in an
 * element that the camera moves and scales as a whole; over them, in a second one, the others'
 * marks and the editor, which is no part of the tree that a screen reader is told of.
 */

import type { Camera, Stretch } from "~/pages/session/render/camera";
import styles from "~/pages/session/render/Map.module.css";
import { applyMetrics } from "~/pages/session/render/metrics";
import { part } from "~/pages/session/render/nodeElement";

/** By how much an element stands larger on the screen than it is laid out: by the map's zoom. */
export function scaleOf(element: HTMLElement): number {
  return element.getBoundingClientRect().width / (element.offsetWidth || 1) || 1;
}

/** The layers, their size, and the clock that draws them. */
export class Stage {
  private readonly world = part("div", styles.world);
  private readonly above = part("div", styles.world);
  /** Holds the nodes' elements. */
  readonly nodes = part("div", styles.layer);
  /** Holds what shows others: outlines, and what nodes wear at their corners. */
  readonly presence = part("div", styles.layer);
  /** Over the editor too: who the others are. */
  readonly initials = part("div", styles.initials);
  /** Stands over the node that is edited; the page draws the editor in it. */
  readonly editor = part("div", styles.editor);
  /** Over the world, in pixels of the window: the ghost and the mark of a drag. */
  readonly drag = part("div", styles.layer);
  readonly context: CanvasRenderingContext2D | null;
  private readonly canvas = document.createElement("canvas");
  private readonly observer: ResizeObserver;
  private request = 0;
  /** Where the window begins on the screen. */
  private top: number;

  constructor(
    readonly host: HTMLElement,
    /** The element within the host that has the nodes in it, and the focus. */
    readonly tree: HTMLElement,
    private readonly camera: Camera,
    private readonly draw: (now: number) => void,
    private readonly resized: () => void,
  ) {
    this.canvas.className = styles.canvas ?? "";
    this.canvas.setAttribute("aria-hidden", "true");
    this.context = this.canvas.getContext("2d");
    for (const layer of [this.world, this.nodes]) {
      layer.setAttribute("role", "none");
    }
    this.presence.setAttribute("aria-hidden", "true");
    this.initials.setAttribute("aria-hidden", "true");
    this.drag.setAttribute("aria-hidden", "true");
    this.editor.hidden = true;
    this.editor.dataset.editor = "";
    this.world.append(this.nodes);
    this.above.append(this.presence, this.editor, this.initials);
    applyMetrics(host);
    host.prepend(this.canvas);
    tree.append(this.world);
    host.append(this.above, this.drag);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(host);
    camera.width = host.clientWidth || 1;
    camera.height = host.clientHeight || 1;
    this.top = host.getBoundingClientRect().top;
  }

  /** Takes everything out of the page. */
  destroy(): void {
    cancelAnimationFrame(this.request);
    this.observer.disconnect();
    this.canvas.remove();
    this.world.remove();
    this.above.remove();
    this.drag.remove();
  }

  /** Asks for a frame. However often it is asked, one comes. */
  invalidate(): void {
    if (this.request === 0) {
      this.request = requestAnimationFrame((now) => {
        this.request = 0;
        this.draw(now);
      });
    }
  }

  /** Moves the world to where the camera looks, in whole device pixels so that text stays sharp. */
  moveWorld(): { x: number; y: number; ratio: number } {
    const { x, y, zoom, width, height } = this.camera;
    const ratio = window.devicePixelRatio || 1;
    const round = (value: number): number => Math.round(value * ratio) / ratio;
    const left = round(width / 2 - x * zoom);
    const top = round(height / 2 - y * zoom);
    const transform = `translate(${left}px, ${top}px) scale(${zoom})`;
    this.world.style.transform = transform;
    this.above.style.transform = transform;
    return { x: left, y: top, ratio };
  }

  /** Which stretch of the edited node a place on the screen is, however the world lies just now. */
  inEditor(place: DOMRect): Stretch {
    const box = this.editor.getBoundingClientRect();
    const scale = scaleOf(this.editor);
    return { top: (place.top - box.top) / scale, height: place.height / scale };
  }

  /** Hides the elements while the canvas shows the map from far away. */
  setFar(far: boolean): void {
    this.world.toggleAttribute("data-far", far);
    this.above.toggleAttribute("data-far", far);
  }

  /** Empties the canvas and makes it as large as the window is in device pixels. */
  clearCanvas(ratio: number): CanvasRenderingContext2D | null {
    const width = Math.round(this.camera.width * ratio);
    const height = Math.round(this.camera.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.context?.setTransform(1, 0, 0, 1, 0, 0);
    this.context?.clearRect(0, 0, width, height);
    return this.context;
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth > 0 && clientHeight > 0) {
      const before = this.top;
      this.top = this.host.getBoundingClientRect().top;
      this.camera.resize(clientWidth, clientHeight);
      // A bar came or went above: the map stays where it is on the screen, also in this very frame.
      this.camera.shift(0, (this.top - before) / this.camera.zoom);
      this.resized();
      if (this.top === before) this.invalidate();
      else this.draw(performance.now());
    }
  }
}
