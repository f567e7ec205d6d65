/** Presence: one's own on its way to the others, the latest state, at most ten times a second; and its end. */
import {
  type Awareness,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import type { NodeId } from "~/map/schema";
import type { CaretAnchor } from "~/map/textDelta";

/** A caret or selection in a node's text or note. */
export interface SharedCaret {
  readonly node: NodeId;
  readonly field: "text" | "note";
  readonly anchor: CaretAnchor;
  readonly head: CaretAnchor;
}

/** Nodes on their way to another place. */
export interface SharedDrag {
  readonly nodes: readonly NodeId[];
  readonly parent: NodeId | null;
}

/** What part of the map somebody who leads is looking at, in the map's measure. */
export interface SharedView {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a page says about itself; the server adds `user`. What is left out stays as it was. */
export interface PresenceFields {
  readonly selected?: NodeId | null;
  readonly caret?: SharedCaret | null;
  readonly drag?: SharedDrag | null;
  readonly view?: SharedView | null;
}

/** The server merges presence this often; more would only be thrown away. */
const EVERY_MS = 100;

interface Change {
  readonly added: readonly number[];
  readonly updated: readonly number[];
  readonly removed: readonly number[];
}

/**
 * Sends the own state when it changes, and when {@link Awareness} renews it (every 15 s).
 * `send` is given the states as y-protocols encodes them; false where it could not send them now.
 */
export class PresenceSender {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastSent = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly awareness: Awareness,
    private readonly send: (states: Uint8Array) => boolean,
  ) {
    awareness.on("update", this.onUpdate);
  }

  /** Changes some fields. */
  set(fields: PresenceFields): void {
    this.awareness.setLocalState({ ...this.awareness.getLocalState(), ...fields });
  }

  /** Says it all again, as to somebody new. */
  announce(): void {
    // A new clock, as the server may still remember the last one of a connection that has gone.
    this.awareness.setLocalState(this.awareness.getLocalState() ?? {});
  }

  /** Says good-bye at once. */
  leave(): void {
    clearTimeout(this.timer);
    this.awareness.off("update", this.onUpdate);
    this.awareness.setLocalState(null);
    this.sendNow();
  }

  private readonly onUpdate = ({ added, updated, removed }: Change): void => {
    const own = this.awareness.clientID;
    if (![added, updated, removed].some((ids) => ids.includes(own))) return;
    const wait = this.lastSent + EVERY_MS - performance.now();
    if (wait <= 0) this.sendNow();
    else this.timer ??= setTimeout(() => this.sendNow(), wait);
  };

  private sendNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastSent = performance.now();
    const { awareness } = this;
    const isSent = this.send(encodeAwarenessUpdate(awareness, [awareness.clientID]));
    // The socket is full of edits, which go first.
    if (!isSent && awareness.getLocalState()) {
      this.timer = setTimeout(() => this.sendNow(), EVERY_MS);
    }
  }
}

/** Without a connection nobody else is here; and who comes back must not look like old news. */
export function forgetOthers(awareness: Awareness, origin: unknown): void {
  const others = [...awareness.meta.keys()].filter((id) => id !== awareness.clientID);
  removeAwarenessStates(awareness, others, origin);
  for (const id of others) awareness.meta.delete(id);
}
