/** What the browser keeps of one map, epoch and participant: as rows of its database, and as edits. */
import type { Entry } from "~/sync/outbox";

/** Whose copy of which history. */
export interface Copy {
  readonly epoch: number;
  readonly participant: string;
}

/** The copy that a map had last; no epoch where it was given up, and no other was begun. */
export interface LastCopy {
  readonly epoch: number | null;
  readonly participant: string;
}

/** What was kept. */
export interface Kept extends Copy {
  /** What the server has had. */
  readonly updates: readonly Uint8Array[];
  /** What it has not acknowledged. */
  readonly entries: readonly Entry[];
}

/** Some updates of one copy of a map. */
export interface Row {
  readonly key: string;
  /** Map, epoch and participant ({@link nameOf}). */
  readonly copy: string;
  /** Whether the server has yet to acknowledge it. */
  readonly mine: boolean;
  readonly updates: readonly Uint8Array[];
  readonly touched: readonly string[];
}

/** A copy's name in its rows. */
export function nameOf(map: string, { epoch, participant }: Copy): string {
  return `${map} ${epoch} ${participant}`;
}

/** Whether rows of this name are the participant's, of another history of the map. */
export function isOlder(name: string, map: string, { epoch, participant }: Copy): boolean {
  const [ofMap, ofEpoch, ofParticipant] = name.split(" ");
  return ofMap === map && ofParticipant === participant && ofEpoch !== `${epoch}`;
}

/** How many bytes are in a row. */
export function sizeOf({ updates }: Row): number {
  return updates.reduce((sum, update) => sum + update.byteLength, 0);
}

/** What rows of one copy hold. */
export function keptIn(rows: readonly Row[], copy: Copy): Kept {
  const updates = rows.filter((row) => !row.mine).flatMap((row) => row.updates);
  return { ...copy, updates, entries: unacknowledgedIn(rows) };
}

/** The edits in rows that the server has not acknowledged. */
export function unacknowledgedIn(rows: readonly Row[]): Entry[] {
  return rows.flatMap(({ key, mine, updates: [update], touched }) =>
    mine && update ? [{ key, update, touched }] : [],
  );
}
