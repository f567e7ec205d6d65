/**
 * A flick: the map glides on for a moment after the finger has left it.
 */

/** What is remembered of a finger's way, in milliseconds. */
const WINDOW = 80;
/** How much of the speed is left after a millisecond. */
const FRICTION = 0.9945;
/** Slower than this, in pixels a millisecond, nothing glides. */
const SLOWEST = 0.12;

/** Follows a finger, and moves on when it lets go. */
export class Glide {
  private trail: { time: number; dx: number; dy: number }[] = [];
  private request = 0;

  constructor(private readonly pan: (dx: number, dy: number) => void) {}

  /** The finger moved. */
  follow(time: number, dx: number, dy: number): void {
    this.trail.push({ time, dx, dy });
    this.trail = this.trail.filter((step) => time - step.time < WINDOW);
  }

  /** The finger left. A finger that had come to rest lets nothing glide. */
  release(time: number): void {
    const recent = this.trail.filter((step) => time - step.time < WINDOW);
    this.trail = [];
    let vx = recent.reduce((sum, { dx }) => sum + dx, 0) / WINDOW;
    let vy = recent.reduce((sum, { dy }) => sum + dy, 0) / WINDOW;
    const still = window.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
    if (still || Math.hypot(vx, vy) < SLOWEST * 2) {
      return;
    }
    let before = performance.now();
    const step = (now: number): void => {
      const passed = Math.max(0, now - before);
      before = now;
      this.pan(vx * passed, vy * passed);
      vx *= FRICTION ** passed;
      vy *= FRICTION ** passed;
      this.request = Math.hypot(vx, vy) < SLOWEST ? 0 : requestAnimationFrame(step);
    };
    this.request = requestAnimationFrame(step);
  }

  /** Something else happens: the map stops where it is. */
  stop(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.trail = [];
  }
}
