/**
 * The nearer look at a text that is being written: on a touch screen, where a finger has to find
 * the place between two letters, at its full size. Afterwards the window is where it was.
 */
import { type Camera, type Place, READABLE } from "~/pages/session/render/camera";

/** One look at a time. */
export class CloseUp {
  private from: Place | null = null;

  /** How near writing takes the window at least. */
  get least(): number {
    return isTouched() ? 1 : READABLE;
  }

  /** Remembers where the window is, if writing will take it nearer. */
  begin(camera: Camera): void {
    const from = camera.goal();
    if (isTouched() && from.zoom < this.least) this.from ??= from;
  }

  /** Where the window was; null where it need not go back. */
  end(): Place | null {
    const { from } = this;
    this.from = null;
    return from;
  }
}

function isTouched(): boolean {
  return window.matchMedia?.("(pointer: coarse)").matches ?? false;
}
