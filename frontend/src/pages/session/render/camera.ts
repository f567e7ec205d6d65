/**
 * Where the window stands over the map, and how it gets from one place to another.
 *
 * Pure arithmetic; the time is handed in. `x`, `y` is the world point in the middle of the window.
 */

import type { Box } from "~/map/layout";
import { MAX_ZOOM, MIN_ZOOM } from "~/pages/session/render/metrics";

/** A place of the window over the map. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A point on the screen, seen from the window's top left corner, or in the world. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A stretch of a box, from its top down, in world units. */
export interface Stretch {
  readonly top: number;
  readonly height: number;
}

/** How a box is brought into view. */
export interface Sight {
  /** What counts of a box that is higher than the window; without it, its start. */
  readonly part?: Stretch | undefined;
  /** The zoom that it takes at least. */
  readonly least?: number;
}

const MOVE_MS = 220;
/** Texts are readable from this zoom on: a map is first shown whole only if they are then. */
export const READABLE = 0.62;
const FIRST_ZOOM = { wide: 0.85, narrow: 0.6 };
const NARROW = 600;
/** No margin takes a greater share of the window on each side. */
const SLIM = 0.05;

/** The window over the map. */
export class Camera {
  x = 0;
  y = 0;
  zoom = 1;
  width = 1;
  height = 1;
  /** How much of the window's foot something lies over. */
  covered = 0;
  /** The furthest out that zooming goes: the whole map must be seen at once. */
  minZoom = MIN_ZOOM;
  private flight: { from: Place; to: Place; start: number } | null = null;

  /** Whether it is on its way somewhere. */
  get moving(): boolean {
    return this.flight !== null;
  }

  /** Takes another window size; what is at the top left stays there. */
  resize(width: number, height: number): void {
    this.x += (width - this.width) / 2 / this.zoom;
    this.y += (height - this.height) / 2 / this.zoom;
    this.width = width;
    this.height = height;
  }

  /** World to window. */
  toScreen(point: Point): Point {
    return {
      x: (point.x - this.x) * this.zoom + this.width / 2,
      y: (point.y - this.y) * this.zoom + this.height / 2,
    };
  }

  /** Window to world. */
  toWorld(point: Point): Point {
    return {
      x: (point.x - this.width / 2) / this.zoom + this.x,
      y: (point.y - this.height / 2) / this.zoom + this.y,
    };
  }

  /** The part of the world in the window, with a margin in pixels. */
  view(margin = 0): Box {
    const width = (this.width + margin * 2) / this.zoom;
    const height = (this.height + margin * 2) / this.zoom;
    return { x: this.x - width / 2, y: this.y - height / 2, width, height };
  }

  /** Moves by pixels. */
  pan(dx: number, dy: number): void {
    this.flight = null;
    this.x -= dx / this.zoom;
    this.y -= dy / this.zoom;
  }

  /** Moves in world units without ending a flight: the map grew, the picture must stand still. */
  shift(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    if (this.flight) {
      const { from, to, start } = this.flight;
      this.flight = {
        from: { ...from, x: from.x + dx, y: from.y + dy },
        to: { ...to, x: to.x + dx, y: to.y + dy },
        start,
      };
    }
  }

  /** Zooms about a point of the window, which keeps its place in the world. */
  zoomAbout(point: Point, factor: number): void {
    const place = this.zoomedAbout(point, this.zoom * factor);
    this.flight = null;
    Object.assign(this, place);
  }

  /** The place that zooming about a point would lead to. */
  zoomedAbout(point: Point, wanted: number): Place {
    const zoom = Math.min(MAX_ZOOM, Math.max(this.minZoom, wanted));
    const world = this.toWorld(point);
    return {
      x: world.x - (point.x - this.width / 2) / zoom,
      y: world.y - (point.y - this.height / 2) / zoom,
      zoom,
    };
  }

  /**
   * The place from which a box is seen whole, no nearer than `nearest`, with a margin around it (less
   * where the window is small).
   */
  fitting(box: Box, margin: number, nearest = 1): Place {
    const beside = Math.min(margin, this.width * SLIM);
    const over = Math.min(margin, this.height * SLIM);
    const across = (this.width - beside * 2) / Math.max(1, box.width);
    const down = (this.height - over * 2) / Math.max(1, box.height);
    const zoom = Math.min(nearest, across, down);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, zoom };
  }

  /**
   * The nearest place from which a box is in the window, with a margin in pixels around it (less
   * where the window is small); of a box that is higher than the window, the part that counts.
   */
  revealing(box: Box, margin: number, { part, least = 0 }: Sight = {}): Place {
    const from = this.goal();
    const zoom = Math.max(from.zoom, least);
    const whole: Stretch = { top: 0, height: box.height };
    const start: Stretch = { top: 0, height: this.height / zoom / 4 };
    const isAsHigh = box.height <= (this.height - this.covered) / zoom;
    const { top, height } = isAsHigh ? whole : (part ?? start);
    const room = Math.min(margin, this.width / 5, (this.height - this.covered) / 5);
    const across = (this.width / 2 - room) / zoom;
    const down = (this.height / 2 - room) / zoom;
    const y = box.y + top;
    return {
      x: nearest(from.x, box.x + box.width - across, box.x + across),
      y: nearest(from.y, y + height - down + this.covered / zoom, y + down),
      zoom,
    };
  }

  /** Where a map is first looked at: whole if its text is readable then, else around its middle. */
  first(bounds: Box, margin: number): Place {
    const whole = this.fitting(bounds, margin);
    const zoom = this.width < NARROW ? FIRST_ZOOM.narrow : FIRST_ZOOM.wide;
    return whole.zoom < READABLE ? { x: 0, y: 0, zoom } : whole;
  }

  /** Where it is going, or where it is. */
  goal(): Place {
    return this.flight?.to ?? { x: this.x, y: this.y, zoom: this.zoom };
  }

  /** Sets out for a place; at once where motion is not wanted. */
  goTo(place: Place, now: number, still: boolean): void {
    const goal = this.goal();
    if (goal.x === place.x && goal.y === place.y && goal.zoom === place.zoom) {
      return;
    }
    if (still) {
      this.flight = null;
      Object.assign(this, place);
      return;
    }
    this.flight = { from: { x: this.x, y: this.y, zoom: this.zoom }, to: place, start: now };
  }

  /** Flies on to the moment `now`. */
  step(now: number): void {
    if (!this.flight) {
      return;
    }
    const { from, to, start } = this.flight;
    const time = Math.min(1, Math.max(0, (now - start) / MOVE_MS));
    const eased = 1 - (1 - time) ** 3;
    // Zooming by a constant factor a moment looks even; the middle follows the zoom.
    this.zoom = from.zoom * (to.zoom / from.zoom) ** eased;
    const way =
      from.zoom === to.zoom
        ? eased
        : (1 / from.zoom - 1 / this.zoom) / (1 / from.zoom - 1 / to.zoom);
    this.x = from.x + (to.x - from.x) * way;
    this.y = from.y + (to.y - from.y) * way;
    if (time === 1) {
      Object.assign(this, to);
      this.flight = null;
    }
  }
}

/** The value between `low` and `high` nearest to `wanted`; their middle where there is no between. */
function nearest(wanted: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, wanted));
}
