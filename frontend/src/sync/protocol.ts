/**
 * The messages of a map's socket: y-protocols v1 as the npm package y-websocket speaks it (types 0
 * to 3), and our own from 110 on. The twin of the server's `sync::protocol`.
 *
 * Reading is strict. What ends early, goes on too long or lacks a field is a {@link FrameError};
 * the caller then starts again from step 1. Types that we do not know are left to newer clients.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { isRecord } from "~/map/schema";
import { readStage, type SessionState } from "~/sync/sessionState";

export type { SessionState } from "~/sync/sessionState";

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const HELLO = 110;
const ACK = 111;
const NACK = 112;
const RESYNC = 113;
const TOKEN = 114;
const STATE = 115;

const STEP1 = 0;
const STEP2 = 1;
const UPDATE = 2;

/** What a participant may do with a map. */
export type MapRole = "viewer" | "editor" | "facilitator";

/** The server's first message: nothing else may be used before it. */
export interface Hello {
  /** Which history of the map this is; another one is never merged with it. */
  readonly epoch: number;
  /** The newest committed place in the log. */
  readonly seq: number;
  readonly role: MapRole;
  /** Whose pseudonym the server writes beside this connection's edits. */
  readonly participant: string;
  /** Budgets by name, such as `frame_bytes` and `text_chars`. */
  readonly limits: Readonly<Record<string, number>>;
  /** The server's time, RFC 3339. */
  readonly time: string;
}

/** The first `frames` numbered messages of this connection are durable, or were refused. */
export interface Ack {
  readonly frames: number;
  readonly seq: number;
}

/** A message is refused whole. */
export interface Nack {
  /** Its number, from 1; 0 for a message that has none. */
  readonly frame: number;
  readonly code: string;
  readonly message: string;
  /** Whether it may be accepted after starting again from step 1. */
  readonly retryable: boolean;
}

/** A message from the server. */
export type Incoming =
  | { readonly type: "step1"; readonly stateVector: Uint8Array }
  | { readonly type: "step2"; readonly update: Uint8Array }
  | { readonly type: "update"; readonly update: Uint8Array }
  | { readonly type: "awareness"; readonly states: Uint8Array }
  | { readonly type: "queryAwareness" }
  | { readonly type: "denied"; readonly reason: string }
  | { readonly type: "hello"; readonly hello: Hello }
  | { readonly type: "ack"; readonly ack: Ack }
  | { readonly type: "nack"; readonly nack: Nack }
  | { readonly type: "resync"; readonly reason: string }
  | { readonly type: "state"; readonly state: SessionState }
  | { readonly type: "unknown" };

/** What came is no message of the protocol. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/** Reads one websocket message, which may hold several of the protocol back to back. */
export function decode(frame: Uint8Array): Incoming[] {
  const decoder = decoding.createDecoder(frame);
  const messages: Incoming[] = [];
  try {
    do messages.push(readMessage(decoder));
    while (decoding.hasContent(decoder));
  } catch (error) {
    if (error instanceof FrameError) throw error;
    throw new FrameError("the message is cut off", { cause: error });
  }
  return messages;
}

/** Where a map's socket is; says that we know all messages, which history we have, and who we are. */
export function addressOf(
  base: string,
  map: string,
  epoch: number | null,
  token: string | undefined,
): string {
  const query = new URLSearchParams({ gapmap: "1" });
  if (epoch !== null) query.set("epoch", String(epoch));
  if (token !== undefined) query.set("token", token);
  return `${base}/${encodeURIComponent(map)}?${query}`;
}

/** Asks for what a state vector lacks. */
export function step1(stateVector: Uint8Array): Uint8Array {
  return sync(STEP1, stateVector);
}

/** What the other side lacked. A numbered message. */
export function step2(update: Uint8Array): Uint8Array {
  return sync(STEP2, update);
}

/** An edit. A numbered message. */
export function update(bytes: Uint8Array): Uint8Array {
  return sync(UPDATE, bytes);
}

/** Presence, as y-protocols encodes it. */
export function awareness(states: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, states);
  });
}

/** Asks for everybody's presence; the server always answers, so it is a sign of life too. */
export function queryAwareness(): Uint8Array {
  return encoding.encode((encoder) => encoding.writeVarUint(encoder, QUERY_AWARENESS));
}

/** Asks the server for its step 1. */
export function resync(reason: string): Uint8Array {
  return json(RESYNC, { reason });
}

/** A fresh token in place of the one this connection came with. */
export function token(value: string): Uint8Array {
  return json(TOKEN, { token: value });
}

function sync(kind: number, body: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
  });
}

function json(type: number, body: unknown): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarString(encoder, JSON.stringify(body));
  });
}

function readMessage(decoder: decoding.Decoder): Incoming {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case SYNC:
      return readSync(decoder);
    case AWARENESS:
      return { type: "awareness", states: decoding.readVarUint8Array(decoder) };
    case AUTH:
      decoding.readVarUint(decoder);
      return { type: "denied", reason: decoding.readVarString(decoder) };
    case QUERY_AWARENESS:
      return { type: "queryAwareness" };
    case HELLO:
      return { type: "hello", hello: readHello(decoder) };
    case ACK: {
      const body = readJson(decoder);
      return { type: "ack", ack: { frames: count(body, "frames"), seq: count(body, "seq") } };
    }
    case NACK:
      return { type: "nack", nack: readNack(decoder) };
    case RESYNC:
      return { type: "resync", reason: text(readJson(decoder), "reason") };
    case STATE: {
      const body = readJson(decoder);
      const [phase, epoch] = [text(body, "phase"), count(body, "epoch")];
      const locked = body.locked === true;
      return { type: "state", state: { phase, locked, epoch, ...readStage(body) } };
    }
    default:
      // Its length is not known either, so nothing behind it can be read.
      decoder.pos = decoder.arr.length;
      return { type: "unknown" };
  }
}

function readSync(decoder: decoding.Decoder): Incoming {
  const kind = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (kind === STEP1) return { type: "step1", stateVector: body };
  if (kind === STEP2) return { type: "step2", update: body };
  if (kind === UPDATE) return { type: "update", update: body };
  throw new FrameError(`a sync message of kind ${kind}`);
}

function readHello(decoder: decoding.Decoder): Hello {
  const body = readJson(decoder);
  const role = text(body, "role");
  if (role !== "viewer" && role !== "editor" && role !== "facilitator") {
    throw new FrameError(`hello with the role ${role}`);
  }
  const limits = isRecord(body.limits) ? body.limits : {};
  const numbers = Object.entries(limits).filter((it): it is [string, number] =>
    Number.isFinite(it[1]),
  );
  return {
    epoch: count(body, "epoch"),
    seq: count(body, "seq"),
    role,
    participant: text(body, "participant"),
    limits: Object.fromEntries(numbers),
    time: text(body, "time"),
  };
}

function readNack(decoder: decoding.Decoder): Nack {
  const body = readJson(decoder);
  return {
    frame: count(body, "frame"),
    code: text(body, "code"),
    message: text(body, "message"),
    retryable: body.retryable === true,
  };
}

function readJson(decoder: decoding.Decoder): Record<string, unknown> {
  const body: unknown = JSON.parse(new TextDecoder().decode(decoding.readVarUint8Array(decoder)));
  if (!isRecord(body)) throw new FrameError("a message whose body is no object");
  return body;
}

function count(body: Record<string, unknown>, field: string): number {
  const value = body[field];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new FrameError(`a message without the number ${field}`);
}

function text(body: Record<string, unknown>, field: string): string {
  const value = body[field];
  if (typeof value === "string") return value;
  throw new FrameError(`a message without the text ${field}`);
}
