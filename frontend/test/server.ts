/**
 * A map server in a few lines, as strict as the real one: what a client sends is read to the last
 * byte, holes and foreign client ids are refused whole, and nobody sees an edit before it is
 * "committed" (in a later turn of the event loop).
 */
import type { AddressInfo } from "node:net";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import type { MapRole } from "~/sync/protocol";
import { newMap } from "./maps";

/** What a test may make the server do. */
export interface Faults {
  /** Refuses updates for which it gives a code. */
  refuse: (update: Uint8Array, seat: Seat) => string | null;
  /** Commits that fail. */
  failingCommits: number;
  /** Takes in everything and answers nothing. */
  isMute: boolean;
  /** Closes each connection with this code instead of saying hello. */
  closeWith: number | null;
}

/** The largest message that the server takes. */
const FRAME_BYTES = 64 * 1024;

/** One connection. */
export interface Seat {
  readonly socket: WebSocket;
  readonly participant: string;
  numbered: number;
}

/** One map: its committed document, and who is connected. */
export class ServedMap {
  doc = newMap();
  epoch = 1;
  seq = 0;
  locked = false;
  role: MapRole = "editor";
  readonly seats = new Set<Seat>();
  readonly owners = new Map<number, string>();
  /** The query of each connection that came. */
  readonly visits: URLSearchParams[] = [];
  /** How often clients asked for a sign of life. */
  nQueries = 0;
  readonly faults: Faults = {
    refuse: () => null,
    failingCommits: 0,
    isMute: false,
    closeWith: null,
  };

  /** Cuts all connections, as a network does. */
  cut(): void {
    for (const { socket } of this.seats) socket.terminate();
  }

  /** Closes all connections with a code. */
  close(code: number): void {
    for (const { socket } of this.seats) socket.close(code, "test");
  }

  /** Puts another history in the place of this one, as a purge does. */
  beginEpoch(doc = newMap()): void {
    this.epoch++;
    this.doc = doc;
    this.owners.clear();
    this.close(4409);
  }

  /** Sends a frame to everybody, as it is. */
  broadcast(frame: Uint8Array, except?: Seat): void {
    for (const seat of this.seats) if (seat !== except) seat.socket.send(frame);
  }
}

/** A server on a free port. */
export class TestServer {
  private readonly maps = new Map<string, ServedMap>();

  private constructor(private readonly listener: WebSocketServer) {
    listener.on("connection", (socket, request) => {
      const url = new URL(request.url ?? "", "ws://server");
      const map = this.map(url.pathname.split("/").pop() ?? "");
      map.visits.push(url.searchParams);
      new Visit(map, socket, url.searchParams).begin();
    });
  }

  static async start(): Promise<TestServer> {
    const listener = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await new Promise((resolve) => listener.once("listening", resolve));
    return new TestServer(listener);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.listener.address() as AddressInfo).port}/sync`;
  }

  map(id: string): ServedMap {
    const found = this.maps.get(id) ?? new ServedMap();
    this.maps.set(id, found);
    return found;
  }

  async stop(): Promise<void> {
    for (const map of this.maps.values()) map.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }
}

const [SYNC, AWARENESS, QUERY, HELLO, ACK, NACK, RESYNC, TOKEN, STATE] = [
  0, 1, 3, 110, 111, 112, 113, 114, 115,
];

class Visit {
  private readonly seat: Seat;

  constructor(
    private readonly map: ServedMap,
    private readonly socket: WebSocket,
    private readonly query: URLSearchParams,
  ) {
    this.seat = { socket, participant: query.get("token") ?? "someone", numbered: 0 };
  }

  begin(): void {
    const { map, socket, seat, query } = this;
    const isStale = query.has("epoch") && Number(query.get("epoch")) !== map.epoch;
    const code = map.faults.closeWith ?? (isStale ? 4409 : null);
    if (code !== null) {
      socket.close(code, "test");
      return;
    }
    map.seats.add(seat);
    socket.on("close", () => map.seats.delete(seat));
    socket.on("message", (data: RawData) => this.take(new Uint8Array(data as Buffer)));
    if (map.faults.isMute) return;
    const limits = { frame_bytes: FRAME_BYTES };
    const { role, seq } = map;
    const hello = { epoch: map.epoch, seq, role, participant: seat.participant, limits, time: "" };
    this.send(json(HELLO, hello));
    this.send(json(STATE, { phase: "live", locked: map.locked, epoch: map.epoch }));
    this.send(sync(0, Y.encodeStateVector(map.doc)));
  }

  private take(frame: Uint8Array): void {
    if (this.map.faults.isMute) return;
    if (frame.length > FRAME_BYTES) {
      this.socket.close(4413, "too large");
      return;
    }
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === SYNC) this.takeSync(decoding.readVarUint(decoder), bytes(decoder));
    else if (type === AWARENESS) this.map.broadcast(awareness(bytes(decoder)), this.seat);
    else if (type === QUERY) {
      this.map.nQueries++;
      this.send(awareness(Uint8Array.of(0)));
    } else if (type === RESYNC) {
      bytes(decoder);
      this.send(sync(0, Y.encodeStateVector(this.map.doc)));
    } else if (type === TOKEN) bytes(decoder);
    else throw new Error(`a client sent type ${type}`);
    if (decoding.hasContent(decoder)) throw new Error("a client sent more than a message");
  }

  private takeSync(kind: number, body: Uint8Array): void {
    if (kind === 0) {
      this.send(sync(1, Y.encodeStateAsUpdate(this.map.doc, body)));
    } else {
      this.seat.numbered++;
      const number = this.seat.numbered;
      setImmediate(() => this.commit(number, body));
    }
  }

  private commit(number: number, update: Uint8Array): void {
    const { map, seat } = this;
    const refusal = this.refusal(update);
    const isFailing = refusal === null && map.faults.failingCommits > 0;
    if (refusal !== null) {
      const retryable = refusal === "gap";
      this.send(json(NACK, { frame: number, code: refusal, message: "test", retryable }));
      if (retryable) this.send(sync(0, Y.encodeStateVector(map.doc)));
    } else if (isFailing) {
      map.faults.failingCommits--;
      const nack = { frame: number, code: "not_saved", message: "test", retryable: true };
      this.send(json(NACK, nack));
      map.broadcast(json(RESYNC, { reason: "not saved" }));
    } else {
      for (const { id } of Y.decodeUpdate(update).structs)
        map.owners.set(id.client, seat.participant);
      Y.applyUpdate(map.doc, update);
      map.seq++;
      map.broadcast(sync(2, update), seat);
    }
    this.send(json(ACK, { frames: number, seq: map.seq }));
  }

  /** Why an update cannot be taken, before the document sees it. */
  private refusal(update: Uint8Array): string | null {
    const { map, seat } = this;
    const known = Y.decodeStateVector(Y.encodeStateVector(map.doc));
    const ends = new Map(known);
    for (const struct of Y.decodeUpdate(update).structs) {
      const end = ends.get(struct.id.client) ?? 0;
      if (struct.id.clock > end || struct instanceof Y.Skip) return "gap";
      ends.set(struct.id.client, Math.max(end, struct.id.clock + struct.length));
    }
    const news = [...ends].filter(([client, end]) => end > (known.get(client) ?? 0));
    if (
      news.some(([client]) => (map.owners.get(client) ?? seat.participant) !== seat.participant)
    ) {
      return "not_yours";
    }
    if (news.length === 0) return null;
    return map.role === "viewer" ? "read_only" : map.faults.refuse(update, seat);
  }

  private send(frame: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }
}

function bytes(decoder: decoding.Decoder): Uint8Array {
  return decoding.readVarUint8Array(decoder).slice();
}

function sync(kind: number, body: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC ?? 0);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
  });
}

function awareness(states: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS ?? 1);
    encoding.writeVarUint8Array(encoder, states);
  });
}

function json(type: number | undefined, body: unknown): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type ?? 0);
    encoding.writeVarString(encoder, JSON.stringify(body));
  });
}
