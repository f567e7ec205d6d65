/**
 * This page's own edits on their way to the server's disk.
 *
 * An entry leaves only when the server has acknowledged a frame that carried it: its own, or a
 * step 2, which carries all that the server lacked when it was made. When a connection ends, what
 * is left waits for the next one's step 2. So a count of zero means that everything is durable.
 */
import * as Y from "yjs";
import { step2, update as updateFrame } from "~/sync/protocol";

/** Edits that follow one another this closely go out together. */
export const GATHER_MS = 20;

/** So many bytes go out together at most: merged, they must stay far below what the server takes at once. */
const GATHER_BYTES = 16 * 1024;

/** Some edits of this page, merged. */
export interface Entry {
  /** Its key in the offline store. */
  readonly key: string;
  readonly update: Uint8Array;
  /** The nodes and comments that it touches: what to offer the user, should it ever be refused. */
  readonly touched: readonly string[];
}

interface Waiting extends Entry {
  /** The number of the frame that carries it on this connection. */
  frame: number | null;
}

/** What an outbox needs of its room. */
export interface OutboxOptions {
  /** Writes a frame to the socket. */
  readonly send: (frame: Uint8Array) => void;
  /** Told of every entry, before it is sent. */
  readonly onEntry: (entry: Entry) => void;
  /** Told whenever the count may have changed. */
  readonly onCount: () => void;
}

/** The edits that the server has not acknowledged, the oldest first. */
export class Outbox {
  private waiting: Waiting[] = [];
  private gathered: Uint8Array[] = [];
  private gatheredBytes = 0;
  private readonly gatheredKeys = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastFlush = Number.NEGATIVE_INFINITY;
  /** Numbered frames sent on this connection. */
  private sent = 0;
  /** Whether the server has what came before, so that single updates make sense to it. */
  private caughtUp = false;

  constructor(private readonly options: OutboxOptions) {}

  /** How many update frames are not known to be durable. */
  get unsent(): number {
    return this.waiting.length + (this.gathered.length > 0 ? 1 : 0);
  }

  /** The entries that are not known to be durable. */
  get entries(): readonly Entry[] {
    return this.waiting;
  }

  /** Takes in what an earlier page load left behind. */
  restore(entries: readonly Entry[]): void {
    const known = new Set(this.waiting.map(({ key }) => key));
    for (const { key, update, touched } of entries) {
      if (known.has(key)) continue;
      const frame = this.caughtUp ? this.sendNumbered(updateFrame(update)) : null;
      this.waiting.push({ key, update, touched, frame });
    }
    this.options.onCount();
  }

  /** Adds an edit. The first goes out at once, those close behind it together. */
  add(update: Uint8Array, touched: Iterable<string>): void {
    if (GATHER_BYTES < this.gatheredBytes + update.length) this.flush();
    this.gathered.push(update);
    this.gatheredBytes += update.length;
    for (const key of touched) this.gatheredKeys.add(key);
    const wait = this.lastFlush + GATHER_MS - performance.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
    this.options.onCount();
  }

  /** Sends what has been gathered. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const [first, ...more] = this.gathered;
    if (!first) return;
    const update = more.length === 0 ? first : Y.mergeUpdates(this.gathered);
    const touched = [...this.gatheredKeys];
    const entry: Waiting = { key: newKey(), update, touched, frame: null };
    this.gathered = [];
    this.gatheredBytes = 0;
    this.gatheredKeys.clear();
    this.lastFlush = performance.now();
    this.waiting.push(entry);
    this.options.onEntry(entry);
    if (this.caughtUp) entry.frame = this.sendNumbered(updateFrame(update));
  }

  /** A connection begins: nothing is on its way. */
  begin(): void {
    this.sent = 0;
    this.hold();
  }

  /** Holds single updates back until the next step 2: the server could not make sense of them. */
  hold(): void {
    this.caughtUp = false;
    for (const entry of this.waiting) entry.frame = null;
  }

  /**
   * Answers the server's step 1 with all that it lacks. Where that is more than the server takes
   * at once (much was done offline), the entries go one by one, as they would have. False, and
   * nothing is sent, where entries alone would not do: the server lacks what it once had.
   */
  answer(doc: Y.Doc, stateVector: Uint8Array, frameBytes = Number.POSITIVE_INFINITY): boolean {
    this.flush();
    const frame = step2(Y.encodeStateAsUpdate(doc, stateVector));
    const isLarge = frame.length > frameBytes;
    if (isLarge && !areAllBeyond(stateVector, doc, this.waiting)) return false;
    if (!isLarge || this.waiting.length === 1) {
      const number = this.sendNumbered(frame);
      for (const entry of this.waiting) entry.frame = number;
    } else {
      for (const entry of this.waiting) entry.frame = this.sendNumbered(updateFrame(entry.update));
    }
    this.caughtUp = true;
    return true;
  }

  /** The server has the first `frames` on disk. Gives the entries that are durable now. */
  acknowledge(frames: number): readonly Entry[] {
    const isDurable = ({ frame }: Waiting) => frame !== null && frame <= frames;
    const durable = this.waiting.filter(isDurable);
    if (durable.length > 0) {
      this.waiting = this.waiting.filter((entry) => !isDurable(entry));
      this.options.onCount();
    }
    return durable;
  }

  /** Takes everything out, for the user to decide on. */
  clear(): readonly Entry[] {
    this.flush();
    const entries = this.waiting;
    this.waiting = [];
    this.options.onCount();
    return entries;
  }

  private sendNumbered(frame: Uint8Array): number {
    this.sent++;
    this.options.send(frame);
    return this.sent;
  }
}

/** Whether edits, in this order, are all that a document has beyond a state. */
function areAllBeyond(stateVector: Uint8Array, doc: Y.Doc, edits: readonly Entry[]): boolean {
  const ends = Y.decodeStateVector(stateVector);
  for (const { update } of edits) {
    const { from, to } = Y.parseUpdateMeta(update);
    for (const [client, start] of from) {
      const end = ends.get(client) ?? 0;
      if (start <= end) ends.set(client, Math.max(end, to.get(client) ?? 0));
    }
  }
  const known = Y.decodeStateVector(Y.encodeStateVector(doc));
  return [...known].every(([client, end]) => end <= (ends.get(client) ?? 0));
}

let keys = 0;

/** A key that sorts by time and that no other tab makes. */
export function newKey(): string {
  keys++;
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return `${Date.now()}-${String(keys).padStart(8, "0")}-${random.toString(36)}`;
}
