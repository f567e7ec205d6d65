/**
 * From pointers, wheels and fingers to what they mean: tap, drag, pan, pinch, long press.
 *
 * Knows nothing of the map but what is under a point.
 */

import type { Point } from "~/pages/session/render/camera";
import { Glide } from "~/pages/session/render/glide";
import type { Hit } from "~/pages/session/render/hit";

/** How a tap was made. */
export interface TapKind {
  readonly shift: boolean;
  readonly mod: boolean;
  readonly touch: boolean;
}

/** Whoever carries gestures out. Points are seen from the window's top left corner. */
export interface GestureTarget {
  hit(point: Point): Hit | null;
  tap(hit: Hit | null, kind: TapKind): void;
  doubleTap(hit: Hit | null): void;
  /** Right click or long press. */
  menu(point: Point, hit: Hit | null): void;
  /** The menu key, which has no place of its own. */
  menuKey(): void;
  pan(dx: number, dy: number): void;
  zoom(about: Point, factor: number): void;
  /** Asks whether the node may be dragged, and starts it. */
  dragStart(hit: Hit, point: Point): boolean;
  dragMove(point: Point): void;
  dragEnd(point: Point): void;
  dragCancel(): void;
  /** A rectangle is drawn over the background; `end` says that it is final. */
  marquee(from: Point, to: Point, end: boolean): void;
}

const LONG_PRESS_MS = 500;
const DOUBLE_MS = 350;
/** Movement within which a press is still a tap, in pixels. */
const STILL = { mouse: 4, touch: 9 };

type Mode = "press" | "pan" | "drag" | "marquee" | "pinch" | "done";

interface Finger {
  start: Point;
  now: Point;
}

/** Listens to one element. */
export class Gestures {
  private readonly fingers = new Map<number, Finger>();
  private readonly abort = new AbortController();
  private mode: Mode = "done";
  private pressed: Hit | null = null;
  private kind: TapKind = { shift: false, mod: false, touch: false };
  private button = 0;
  private timer = 0;
  private readonly glide: Glide;
  private lastTap: { time: number; id: string | null } = { time: 0, id: null };

  constructor(
    private readonly host: HTMLElement,
    private readonly target: GestureTarget,
  ) {
    this.glide = new Glide((dx, dy) => target.pan(dx, dy));
    const { signal } = this.abort;
    host.addEventListener("pointerdown", (event) => this.down(event), { signal });
    host.addEventListener("pointermove", (event) => this.move(event), { signal });
    host.addEventListener("pointerup", (event) => this.up(event), { signal });
    host.addEventListener("pointercancel", () => this.cancel(), { signal });
    host.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
    host.addEventListener("contextmenu", (event) => this.contextMenu(event), { signal });
  }

  /** Stops listening. */
  destroy(): void {
    this.cancel();
    this.abort.abort();
  }

  /** Gives up whatever is going on: Escape, or the system took the pointer. */
  cancel(): void {
    window.clearTimeout(this.timer);
    this.glide.stop();
    if (this.mode === "drag") {
      this.target.dragCancel();
    }
    this.mode = "done";
    this.fingers.clear();
  }

  private down(event: PointerEvent): void {
    if (isForEditor(event)) {
      return;
    }
    this.glide.stop();
    const point = this.pointOf(event);
    this.fingers.set(event.pointerId, { start: point, now: point });
    if (this.fingers.size === 2) {
      this.beginPinch();
      return;
    }
    if (this.fingers.size > 2 || (event.button !== 0 && event.button !== 1)) {
      return;
    }
    const touch = event.pointerType === "touch";
    this.kind = { shift: event.shiftKey, mod: event.ctrlKey || event.metaKey, touch };
    this.button = event.button;
    this.pressed = event.button === 0 ? this.target.hit(point) : null;
    this.mode = "press";
    if (touch) {
      const hit = this.pressed;
      this.timer = window.setTimeout(() => {
        this.mode = "done";
        this.target.menu(point, hit);
      }, LONG_PRESS_MS);
    }
  }

  private move(event: PointerEvent): void {
    const finger = this.fingers.get(event.pointerId);
    if (!finger || this.mode === "done") {
      return;
    }
    const before = finger.now;
    const now = this.pointOf(event);
    if (this.mode === "pinch") {
      this.pinch(finger, now);
      return;
    }
    finger.now = now;
    if (this.mode === "press") {
      this.decide(event, finger);
    }
    if (this.mode === "pan") {
      this.target.pan(now.x - before.x, now.y - before.y);
      this.glide.follow(event.timeStamp, now.x - before.x, now.y - before.y);
    } else if (this.mode === "drag") {
      this.target.dragMove(now);
    } else if (this.mode === "marquee") {
      this.target.marquee(finger.start, now, false);
    }
  }

  /** A press that has moved too far for a tap becomes a drag of the node or of the map. */
  private decide(event: PointerEvent, { start, now }: Finger): void {
    const still = this.kind.touch ? STILL.touch : STILL.mouse;
    if (Math.hypot(now.x - start.x, now.y - start.y) < still) {
      return;
    }
    window.clearTimeout(this.timer);
    this.host.setPointerCapture(event.pointerId);
    const { pressed } = this;
    if (pressed && !pressed.knob && !this.kind.touch && this.target.dragStart(pressed, start)) {
      this.mode = "drag";
    } else if (!pressed && this.kind.shift && !this.kind.touch && this.button === 0) {
      this.mode = "marquee";
    } else {
      this.mode = "pan";
    }
  }

  private up(event: PointerEvent): void {
    const finger = this.fingers.get(event.pointerId);
    if (!finger) {
      return;
    }
    this.fingers.delete(event.pointerId);
    window.clearTimeout(this.timer);
    const { mode } = this;
    this.mode = "done";
    if (mode === "drag") {
      this.target.dragEnd(this.pointOf(event));
    } else if (mode === "marquee") {
      this.target.marquee(finger.start, finger.now, true);
    } else if (mode === "pan" && this.kind.touch) {
      this.glide.release(event.timeStamp);
    } else if (mode === "press" && this.button === 0) {
      this.tap(event.timeStamp);
    }
  }

  private tap(time: number): void {
    const id = this.pressed?.id ?? null;
    const double = id !== null && id === this.lastTap.id && time - this.lastTap.time < DOUBLE_MS;
    if (double && !this.pressed?.knob) {
      this.lastTap = { time: 0, id: null };
      this.target.doubleTap(this.pressed);
    } else {
      this.lastTap = { time, id };
      this.target.tap(this.pressed, this.kind);
    }
  }

  private beginPinch(): void {
    window.clearTimeout(this.timer);
    if (this.mode === "drag") {
      this.target.dragCancel();
    }
    this.mode = "pinch";
  }

  private pinch(finger: Finger, now: Point): void {
    const other = [...this.fingers.values()].find((it) => it !== finger);
    if (!other) {
      return;
    }
    const before = finger.now;
    finger.now = now;
    const spread = (at: Point): number => Math.hypot(at.x - other.now.x, at.y - other.now.y);
    const middle = { x: (now.x + other.now.x) / 2, y: (now.y + other.now.y) / 2 };
    this.target.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.target.zoom(middle, spread(now) / Math.max(1, spread(before)));
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.glide.stop();
    const unit = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? this.host.clientHeight : 1;
    if (event.ctrlKey || event.metaKey) {
      // A wheel's notch is 100 or 120, a pinch on a touchpad sends many small steps.
      const step = Math.max(-60, Math.min(60, event.deltaY * unit));
      this.target.zoom(this.pointOf(event), Math.exp(-step * 0.0065));
    } else if (event.shiftKey && event.deltaX === 0) {
      this.target.pan(-event.deltaY * unit, 0);
    } else {
      this.target.pan(-event.deltaX * unit, -event.deltaY * unit);
    }
  }

  private contextMenu(event: MouseEvent): void {
    if (isForEditor(event)) {
      return; // Spelling suggestions live in the browser's own menu.
    }
    event.preventDefault();
    const pointer = event instanceof PointerEvent ? event.pointerType : "mouse";
    if (pointer === "touch") {
      return; // A long press has opened it already.
    }
    // Browsers tell the menu key by one or the other.
    if (pointer === "" || event.button === -1) {
      this.target.menuKey();
      return;
    }
    const point = this.pointOf(event);
    this.target.menu(point, this.target.hit(point));
  }

  private pointOf(event: MouseEvent): Point {
    const frame = this.host.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  }
}

function isForEditor(event: Event): boolean {
  return event.target instanceof Element && event.target.closest("[data-editor]") !== null;
}
