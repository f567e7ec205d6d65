import { useEffect, useState } from "react";

/** A timer as the server states it; times are milliseconds since 1970 by its clock. */
export interface Timer {
  readonly ends: number | null;
  readonly left: number | null;
}

/** What is left of a timer. */
export interface TimeLeft {
  /** Milliseconds; below zero once it has run out. */
  readonly ms: number;
  readonly paused: boolean;
}

const SECOND = 1000;

/** What is left of a timer at a moment of the server's clock; null without a timer. */
export function timeLeft(timer: Timer, serverNow: number): TimeLeft | null {
  if (timer.left !== null) return { ms: timer.left, paused: true };
  return timer.ends === null ? null : { ms: timer.ends - serverNow, paused: false };
}

/** "4:05", and "0:30" past the end as well. */
export function clockFace(ms: number): string {
  const seconds = Math.abs(Math.ceil(ms / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Follows a timer second by second. `clock` is what the server's time has beyond
 * `performance.now()`, so that neither a wrong clock nor a sleeping page makes it drift.
 */
export function useTimeLeft(timer: Timer | null, clock: number | null): TimeLeft | null {
  const [, tick] = useState(0);
  const offset = clock ?? Date.now() - performance.now();
  const left = timer && timeLeft(timer, performance.now() + offset);
  const ends = left === null || left.paused ? null : (timer?.ends ?? null);
  useEffect(() => {
    if (ends === null) return;
    let timeout: ReturnType<typeof setTimeout>;
    const next = () => {
      tick((n) => n + 1);
      // At the moment at which another second is shown.
      const rest = ends - performance.now() - offset;
      timeout = setTimeout(next, ((rest % SECOND) + SECOND) % SECOND || SECOND);
    };
    next();
    return () => clearTimeout(timeout);
  }, [ends, offset]);
  return left;
}
