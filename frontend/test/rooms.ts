/** Rooms for tests: real clients over real sockets, with short patience. */
import { isDeepStrictEqual } from "node:util";
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { addChild } from "~/map/commands";
import { type NodeId, ROOT } from "~/map/schema";
import { unsentOffline } from "~/sync/device";
import type { Patience } from "~/sync/link";
import { openOfflineStore } from "~/sync/offline";
import { RoomClient, type RoomStatus } from "~/sync/RoomClient";
import { AUTHOR } from "./maps";

/** Long enough for a busy machine; a test that needs it all has failed. */
export const DEADLINE = { timeout: 10_000, interval: 5 };

vi.setConfig({ testTimeout: 2 * DEADLINE.timeout });

/** Waits for nothing longer than a test may. */
export const HASTY: Partial<Patience> = { firstWait: 5, longestWait: 50, beat: 20 };

/** Adds an idea under the topic of a room's map. */
export function say(room: RoomClient, text: string): NodeId {
  return addChild(room.doc, AUTHOR, ROOT, text);
}

/** A browser: what it keeps outlives its pages. */
export class Browser {
  private readonly factory: IDBFactory | undefined;
  private readonly rooms: RoomClient[] = [];

  constructor(
    private readonly options: {
      isPrivate?: boolean;
      factory?: IDBFactory;
      /** How long its pages wait for the disk. */
      diskPatience?: number;
    } = {},
  ) {
    this.factory = options.isPrivate ? undefined : (options.factory ?? new IDBFactory());
  }

  /** Opens a map in a page of this browser. */
  async open(
    url: string,
    mapId: string,
    token: string,
    patience: Partial<Patience> = {},
    participant?: string,
  ): Promise<RoomClient> {
    const room = new RoomClient({
      mapId,
      doc: new Y.Doc(),
      url,
      token,
      participant,
      store: await openOfflineStore(mapId, this.factory, this.options.diskPatience),
      createSocket: nodeSocket,
      patience: { ...HASTY, ...patience },
    });
    this.rooms.push(room);
    room.connect();
    return room;
  }

  /** Opens a map and waits until it is there. */
  async enter(url: string, mapId: string, token: string): Promise<RoomClient> {
    const room = await this.open(url, mapId, token);
    await until(room, { synced: true });
    return room;
  }

  /** How much it keeps that no server has got: what signing out here would lose. */
  unsent(): Promise<number> {
    return unsentOffline(this.factory);
  }

  /** Closes all pages. */
  async close(): Promise<void> {
    for (const room of this.rooms.splice(0)) await room.destroy();
  }
}

/** A socket of the npm package ws, as the browser's. */
export function nodeSocket(url: string): globalThis.WebSocket {
  return new WebSocket(url) as unknown as globalThis.WebSocket;
}

/** Waits for the first moment at which a room's status has these values. */
export function until(room: RoomClient, wanted: Partial<RoomStatus>): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void) => {
      clearTimeout(timer);
      stop();
      act();
    };
    const look = () => {
      const isSo = (key: string) => {
        const name = key as keyof RoomStatus;
        return isDeepStrictEqual(room.status[name], wanted[name]);
      };
      if (Object.keys(wanted).every(isSo)) done(resolve);
    };
    const timer = setTimeout(() => {
      const { status } = room;
      done(() => reject(new Error(`never ${JSON.stringify({ wanted, status })}`)));
    }, DEADLINE.timeout);
    const stop = room.subscribe(look);
    look();
  });
}

/** Waits until an assertion holds. */
export async function eventually(assertion: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(assertion, DEADLINE);
}
