import type { ReplayStep } from "~/map/replay";

/** A pause takes no more room than this: between preparing a map and its workshop lie days. */
const PAUSE_MS = 60_000;
/** And an update no less, or a burst of them could not be told apart. */
const LEAST_MS = 50;

/** Where each step lies on the line, from 0 to 1: by the time that passed, with pauses cut short. */
export function positionsOf(steps: readonly ReplayStep[]): number[] {
  let sum = 0;
  const positions = steps.map(({ at }, n) => {
    const before = steps[n - 1];
    if (before) sum += Math.min(PAUSE_MS, Math.max(LEAST_MS, at - before.at));
    return sum;
  });
  return sum === 0 ? positions : positions.map((position) => position / sum);
}

/** The last step that is not after a position. */
export function stepAt(positions: readonly number[], position: number): number {
  let [low, high] = [0, positions.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((positions[middle] ?? 1) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Points of the chart, at most: more than a line on the screen can show. */
const POINTS = 400;

/** The map's growth as the path of an area, 1 wide and 1 high. */
export function growthPath(steps: readonly ReplayStep[], positions: readonly number[]): string {
  const most = steps.reduce((most, { size }) => Math.max(most, size), 1);
  const every = Math.max(1, Math.floor(steps.length / POINTS));
  let path = "M0 1";
  for (const [n, { size }] of steps.entries()) {
    if (n % every !== 0 && n !== steps.length - 1) continue;
    const x = (positions[n] ?? 0).toFixed(4);
    // A step is a step: it stays as it was until the next one.
    path += `H${x}V${(1 - size / most).toFixed(4)}`;
  }
  return `${path}H1V1Z`;
}
