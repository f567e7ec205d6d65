/** What a room tells the page about itself. */
import type { MapRole, SessionState } from "~/sync/protocol";

/** How the connection is. */
export type RoomPhase =
  /** The first attempt is under way. */
  | "connecting"
  /** The server has greeted us. */
  | "open"
  /** There is no connection; the room tries again by itself. */
  | "offline"
  /** The server said no, or the room was left; only `connect()` tries again. */
  | "refused";

/** Where a room stands. A new object whenever anything about it changes. */
export interface RoomStatus {
  readonly phase: RoomPhase;
  /** Update frames not yet durable on the server. */
  readonly unsent: number;
  /** Whether the document holds what the server had when this connection began. */
  readonly synced: boolean;
  /** Whether the document holds a map to show: kept in this browser, or the server's. */
  readonly loaded: boolean;
  readonly role: MapRole | null;
  readonly participant: string | null;
  readonly epoch: number | null;
  /** Why the last connection ended. */
  readonly closeCode: number | null;
  readonly reason: string | null;
  /** The last refusal of an edit; a new object for each. */
  readonly lastNack: { readonly code: string; readonly message: string } | null;
  /** How many texts that could not go into the map wait for their author (`takeAside`). */
  readonly setAside: number;
  /** Whether unsent work would survive a reload. */
  readonly keptOnDevice: boolean;
  /** Whether it is known what earlier page loads left here: until then, no unsent work means little. */
  readonly recalled: boolean;
  /** Whether the server is so far behind this device's copy that it cannot be told (`startOver`). */
  readonly ahead: boolean;
  /** What the map's session is doing. */
  readonly session: SessionState | null;
  /** The server's time is `performance.now()` and this; null until it has said it. */
  readonly clock: number | null;
  /** The server's budgets by name. */
  readonly limits: Readonly<Record<string, number>>;
  /** Goes up when `doc` is another document: its readers must begin anew. */
  readonly generation: number;
}

/** Before anything has happened. */
export const NEW_STATUS: RoomStatus = {
  phase: "connecting",
  unsent: 0,
  synced: false,
  loaded: false,
  role: null,
  participant: null,
  epoch: null,
  closeCode: null,
  reason: null,
  lastNack: null,
  setAside: 0,
  keptOnDevice: false,
  recalled: false,
  ahead: false,
  session: null,
  clock: null,
  limits: {},
  generation: 0,
};

/** The status of one room, and who wants to know of it. */
export class StatusKeeper {
  private state = NEW_STATUS;
  private readonly listeners = new Set<() => void>();

  /** A new object whenever anything changes. */
  get current(): RoomStatus {
    return this.state;
  }

  /** Calls `listener` whenever {@link current} is another. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Changes some of it; nobody is told where nothing is new. */
  set(changes: Partial<RoomStatus>): void {
    const entries = Object.entries(changes) as [keyof RoomStatus, unknown][];
    if (entries.every(([key, value]) => this.state[key] === value)) return;
    this.state = { ...this.state, ...changes };
    for (const listener of [...this.listeners]) listener();
  }

  /** Tells nobody any more. */
  close(): void {
    this.listeners.clear();
  }
}
