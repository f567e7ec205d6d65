/**
 * What is said on one connection after another: greeting, the sync steps both ways, edits and their
 * acknowledgements, presence. Who decides what a greeting or a refusal means is the room.
 */
import { type Awareness, applyAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { nodesOf, ROOT } from "~/map/schema";
import type { Link } from "~/sync/link";
import type { Entry, Outbox } from "~/sync/outbox";
import type { PresenceSender } from "~/sync/presence";
import * as protocol from "~/sync/protocol";
import { Setbacks } from "~/sync/setbacks";

/** Transaction origin of what the server sent. */
export const REMOTE = Symbol("gapmap remote edit");

/** So many unreadable messages on one connection are answered with a fresh start on it. */
const MALFORMED_PATIENCE = 3;
/** What is missing in between is asked for at most this often. */
const ASK_EVERY_MS = 1_000;
/** Presence waits while more than this waits in the socket: edits go first. */
const CONGESTED_BYTES = 64 * 1024;

/** What a conversation needs of its room. */
export interface ConversationOptions {
  readonly doc: () => Y.Doc;
  readonly link: Link;
  readonly outbox: Outbox;
  readonly awareness: Awareness;
  readonly presence: PresenceSender;
  /** Whether to go on with a server that says this. May be said again when something changes. */
  readonly onHello: (hello: protocol.Hello) => boolean;
  /** The document holds what the server had. */
  readonly onSynced: () => void;
  /** These edits are on the server's disk. */
  readonly onDurable: (entries: readonly Entry[]) => void;
  /** A numbered message was refused. */
  readonly onNack: (nack: protocol.Nack) => void;
  readonly onState: (state: protocol.SessionState) => void;
  /** The document has more than the server can be told: it has lost what it once had. */
  readonly onAhead: () => void;
}

/** The page's side of the socket. */
export class Conversation {
  /** Whether the server has said hello: nothing of it may be used before. */
  private isGreeted = false;
  private hasStep2 = false;
  private isSynced = false;
  private nMalformed = 0;
  private askedForMissing = Number.NEGATIVE_INFINITY;
  private frameBytes: number | undefined;
  private readonly setbacks: Setbacks;

  constructor(private readonly options: ConversationOptions) {
    this.setbacks = new Setbacks((reason) => options.link.send(protocol.resync(reason)));
  }

  /** A socket is open. */
  begin(): void {
    this.end();
    this.nMalformed = 0;
    this.options.outbox.begin();
  }

  /** The socket is gone, or about to be. */
  end(): void {
    this.isGreeted = false;
    this.hasStep2 = false;
    this.isSynced = false;
    this.setbacks.clear();
    this.options.outbox.hold();
  }

  /** Takes a websocket message. Never throws. */
  receive(frame: Uint8Array): void {
    try {
      for (const message of protocol.decode(frame)) {
        // A message may be the end of the connection.
        if (this.options.link.isOpen) this.take(message);
      }
    } catch (error) {
      if (!(error instanceof protocol.FrameError)) globalThis.reportError?.(error);
      this.onMalformed();
    }
  }

  /** Gives the server a fresh token. */
  renewToken(token: string): void {
    if (this.isGreeted) this.options.link.send(protocol.token(token));
  }

  /** Sends presence; false while edits must go first. Unsent before the greeting: it is said then. */
  sendPresence(states: Uint8Array): boolean {
    const { link } = this.options;
    if (this.isGreeted && link.backlog > CONGESTED_BYTES) return false;
    if (this.isGreeted) link.send(protocol.awareness(states));
    return true;
  }

  private take(message: protocol.Incoming): void {
    const { awareness, presence } = this.options;
    const needsGreeting = !["hello", "denied", "unknown"].includes(message.type);
    if (needsGreeting && !this.isGreeted) {
      throw new protocol.FrameError(`${message.type} before hello`);
    }
    switch (message.type) {
      case "hello":
        this.onHello(message.hello);
        break;
      case "step1":
        if (this.setbacks.mayAnswer()) this.answer(message.stateVector);
        break;
      case "step2":
        this.hasStep2 = true;
        this.onUpdate(message.update);
        break;
      case "update":
        this.onUpdate(message.update);
        break;
      case "awareness":
        applyAwarenessUpdate(awareness, message.states, REMOTE);
        break;
      case "queryAwareness":
        presence.announce();
        break;
      case "ack":
        this.onAck(message.ack);
        break;
      case "nack":
        this.onNack(message.nack);
        break;
      case "resync":
        this.startOver(message.reason);
        break;
      case "state":
        this.options.onState(message.state);
        break;
      // "denied" is for clients that understand no close code, "unknown" for newer ones.
      default:
        break;
    }
  }

  private onHello(hello: protocol.Hello): void {
    if (!this.options.onHello(hello)) return;
    this.frameBytes = hello.limits.frame_bytes;
    if (this.isGreeted) return;
    this.isGreeted = true;
    this.sendStep1();
    this.options.presence.announce();
  }

  private answer(stateVector: Uint8Array): void {
    const { doc, outbox, onAhead } = this.options;
    if (!outbox.answer(doc(), stateVector, this.frameBytes)) onAhead();
  }

  private onUpdate(update: Uint8Array): void {
    const doc = this.options.doc();
    Y.applyUpdate(doc, update, REMOTE);
    if (!this.hasStep2) return;
    if (!this.isSynced && nodesOf(doc).has(ROOT)) {
      this.isSynced = true;
      this.options.onSynced();
    }
    const now = performance.now();
    if (doc.store.pendingStructs && now - this.askedForMissing > ASK_EVERY_MS) {
      this.askedForMissing = now;
      this.sendStep1();
    }
  }

  private onAck({ frames }: protocol.Ack): void {
    const durable = this.options.outbox.acknowledge(frames);
    if (durable.length === 0) return;
    this.setbacks.succeeded();
    this.options.onDurable(durable);
  }

  private onNack(nack: protocol.Nack): void {
    // There is nothing of the user's in a message without a number.
    if (nack.frame === 0) return;
    if (nack.retryable) {
      this.options.outbox.hold();
      this.setbacks.note(nack.code);
    }
    this.options.onNack(nack);
  }

  /** What came is of no use: start over, and with another socket if that is no help. */
  private onMalformed(): void {
    this.nMalformed++;
    if (this.isGreeted && this.nMalformed <= MALFORMED_PATIENCE) this.startOver("malformed");
    else this.options.link.again("the server sent what cannot be read");
  }

  private startOver(reason: string): void {
    this.options.outbox.hold();
    this.sendStep1();
    this.setbacks.note(reason);
  }

  private sendStep1(): void {
    this.options.link.send(protocol.step1(Y.encodeStateVector(this.options.doc())));
  }
}
