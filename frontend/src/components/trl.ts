/** Technology readiness levels, as pages show them. */

/** What a solution says of its maturity. */
export interface Maturity {
  trl_low: number | null;
  trl_high: number | null;
  trl_target_low: number | null;
  trl_target_high: number | null;
  trl_basis: string | null;
}

/** Which levels to show, and whether they are reached. */
export interface Levels {
  from: number;
  to: number;
  isTarget: boolean;
}

/** The levels that are stated; what is only aimed at is told apart. None where nothing is stated. */
export function levelsOf(it: Maturity): Levels | null {
  const now = it.trl_low ?? it.trl_high;
  if (now !== null) {
    return { from: now, to: it.trl_high ?? now, isTarget: it.trl_basis === "target_stated" };
  }
  const aim = it.trl_target_low ?? it.trl_target_high;
  return aim === null ? null : { from: aim, to: it.trl_target_high ?? aim, isTarget: true };
}

/** "7" or "7–9". */
export const rangeOf = ({ from, to }: Levels): string =>
  from === to ? `${from}` : `${from}–${to}`;
