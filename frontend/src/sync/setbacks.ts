/** How soon to start again from step 1 after the server could not use what we sent. */

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Counts setbacks in a row, and waits longer with each. */
export class Setbacks {
  private inARow = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `askAgain` asks the server for its step 1. */
  constructor(private readonly askAgain: (reason: string) => void) {}

  /** Something was refused that may be accepted later. */
  note(reason: string): void {
    if (this.timer !== undefined) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.inARow);
    this.inARow++;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.askAgain(reason);
    }, wait);
  }

  /**
   * Whether to answer a step 1 that the server sent by itself. The first time, yes; where that
   * did not help, only one that we waited for, or the two of us would never stop.
   */
  mayAnswer(): boolean {
    if (this.timer === undefined) return true;
    if (this.inARow > 1) return false;
    clearTimeout(this.timer);
    this.timer = undefined;
    return true;
  }

  /** What was sent has arrived. */
  succeeded(): void {
    this.inARow = 0;
  }

  /** Forgets all, as for a new connection. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
