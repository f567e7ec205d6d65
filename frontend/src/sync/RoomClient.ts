/**
 * One live map: its copy here, the server's at the other end of a socket, and what each greeting,
 * refusal and loss means for the two.
 *
 * # Invariants
 *
 * - `status.unsent` is 0 only when the server has acknowledged all that this page made, what
 *   earlier page loads left behind included.
 * - Nothing from the server is read before its hello.
 */
import { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { AsideText } from "~/sync/aside";
import { Conversation, REMOTE } from "~/sync/conversation";
import { Link, type Patience } from "~/sync/link";
import { LocalCopy, type LocalCopyOptions, type Reason } from "~/sync/localCopy";
import { ownSyncUrl, watchPage } from "~/sync/page";
import { forgetOthers, type PresenceFields, PresenceSender } from "~/sync/presence";
import {
  addressOf,
  type Hello,
  type Nack,
  queryAwareness,
  type SessionState,
} from "~/sync/protocol";
import { type RoomStatus, StatusKeeper } from "~/sync/status";

export type { AsideText } from "~/sync/aside";
export type { RoomPhase, RoomStatus } from "~/sync/status";

/** What a room is made of. */
export interface RoomOptions extends Omit<LocalCopyOptions, "status" | "send"> {
  /** Where sockets are taken, as `ws://host/sync`; the page's own server by default. */
  readonly url?: string | undefined;
  /** For programs; a page comes with its cookie. */
  readonly token?: string | undefined;
  readonly createSocket?: ((url: string) => WebSocket) | undefined;
  readonly patience?: Partial<Patience> | undefined;
}

/** The server's word that the map was rebuilt. */
const WRONG_EPOCH = 4409;
/** The server's word that a message was over its limit. */
const TOO_LARGE = 4413;

/** A map and its people. */
export class RoomClient {
  /** Who is here; its own state is set through {@link setPresence}. */
  readonly awareness: Awareness;
  private readonly state = new StatusKeeper();
  private readonly copy: LocalCopy;
  private readonly link: Link;
  private readonly presence: PresenceSender;
  private readonly conversation: Conversation;
  private token: string | undefined;
  private stopWatching = () => {};
  private isOpening = false;
  private isDestroyed = false;

  constructor(options: RoomOptions) {
    this.token = options.token;
    this.awareness = new Awareness(options.doc);
    this.link = new Link({
      url: () => {
        const { epoch } = this.status;
        return addressOf(options.url ?? ownSyncUrl(), options.mapId, epoch, this.token);
      },
      onOpen: () => this.conversation.begin(),
      onMessage: (frame) => this.conversation.receive(frame),
      onLost: (code, reason) => this.onLost(code, reason),
      ask: () => this.link.send(queryAwareness()),
      createSocket: options.createSocket,
      patience: options.patience,
    });
    this.copy = new LocalCopy({
      ...options,
      status: this.state,
      send: (frame) => this.link.send(frame),
    });
    this.presence = new PresenceSender(this.awareness, (states) =>
      this.conversation.sendPresence(states),
    );
    this.conversation = new Conversation({
      doc: () => this.doc,
      link: this.link,
      outbox: this.copy.outbox,
      awareness: this.awareness,
      presence: this.presence,
      onHello: (hello) => this.onHello(hello),
      onSynced: () => this.copy.noteSynced(),
      onDurable: (entries) => this.copy.settle(entries),
      onNack: (nack) => this.onNack(nack),
      onState: (session) => this.onState(session),
      onAhead: () => this.refuse({ ahead: true }),
    });
  }

  /** The map's document. Another one where `status.generation` went up. */
  get doc(): Y.Doc {
    return this.copy.doc;
  }

  /** Where the room stands: a new object whenever anything changes. */
  get status(): RoomStatus {
    return this.state.current;
  }

  /** Calls `listener` whenever {@link status} is another. */
  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener);
  }

  /** Says what this page is at; what is left out stays as it was. */
  setPresence(fields: PresenceFields): void {
    this.presence.set(fields);
  }

  /** Shows what this browser kept, and connects. Also tries again after a refusal. */
  connect(): void {
    if (this.isDestroyed) return;
    this.state.set({ phase: "connecting", closeCode: null, reason: null, ahead: false });
    if (this.copy.isOpen) this.link.start();
    else if (!this.isOpening) void this.open();
  }

  /** Gives the server a fresh token in place of the one that is about to end. */
  renewToken(token: string): void {
    this.token = token;
    this.conversation.renewToken(token);
  }

  /** Work that could not go into the map, and is not in it by now. */
  get aside(): readonly AsideText[] {
    return this.copy.aside;
  }

  /** What this page wrote, and the server has not acknowledged. */
  unsentWords(): readonly AsideText[] {
    return this.copy.unsentWords();
  }

  /** Gives this device's copy up for the server's, and sets aside what only it says. */
  startOver(): void {
    void this.startAfresh("copy");
  }

  /** Hands the work over that was set aside; it is forgotten here. */
  takeAside(): readonly AsideText[] {
    return this.copy.takeAside();
  }

  /** Leaves. What is unsent stays in the browser's copy, or without one in the page. */
  async destroy(): Promise<void> {
    if (this.isDestroyed) return;
    this.isDestroyed = true;
    this.stopWatching();
    const closing = this.copy.close();
    this.presence.leave();
    this.conversation.end();
    this.link.stop();
    this.awareness.destroy();
    this.state.close();
    await closing;
  }

  private async open(): Promise<void> {
    this.isOpening = true;
    await this.copy.open();
    if (this.isDestroyed) return;
    this.stopWatching = watchPage({
      onWake: () => this.link.wake(),
      onHide: () => this.copy.hurry(),
      wouldLose: () => this.copy.wouldLose,
    });
    this.link.start();
  }

  private onLost(code: number, reason: string): boolean {
    this.conversation.end();
    this.copy.noteLost();
    forgetOthers(this.awareness, REMOTE);
    const isFinal = code >= 4400 && code < 4500;
    const phase = isFinal ? "refused" : "offline";
    this.state.set({ phase, synced: false, closeCode: code, reason: reason || null });
    if (code === WRONG_EPOCH && this.status.epoch !== null) void this.startAfresh("epoch");
    // What we have to say is more than the server takes: said again, it would end the same way.
    if (code === TOO_LARGE && this.status.unsent > 0) void this.startAfresh("refused", false);
    return !isFinal;
  }

  private onHello({ epoch, participant, role, limits }: Hello): boolean {
    const { status } = this;
    const isOther = status.participant !== null && status.participant !== participant;
    if (isOther || (status.epoch !== null && status.epoch !== epoch)) {
      void this.startAfresh(isOther ? "person" : "epoch");
      return false;
    }
    void this.copy.keepAs(epoch, participant);
    const isOpen = { phase: "open", closeCode: null, reason: null } as const;
    this.state.set({ ...isOpen, role, limits, epoch, participant });
    return true;
  }

  private onNack({ code, message, retryable }: Nack): void {
    this.state.set({ lastNack: { code, message } });
    if (retryable && !(this.status.synced && this.copy.hasHole())) return;
    if (this.status.unsent > 0) {
      // What follows in this document builds on what was refused, so none of it can be sent.
      void this.startAfresh("refused");
    } else if (!this.copy.isBare) {
      // It is the copy itself that the server cannot use, having lost what it once had.
      void this.startAfresh("copy");
    } else {
      this.refuse({ reason: message });
    }
  }

  private onState(session: SessionState): void {
    if (session.epoch !== this.status.epoch) return void this.startAfresh("epoch");
    const clock = session.time === null ? this.status.clock : session.time - performance.now();
    this.state.set({ session, clock });
  }

  /** Goes no further with this server until `connect()`. */
  private refuse(why: Partial<RoomStatus>): void {
    this.hangUp();
    this.state.set({ phase: "refused", synced: false, ...why });
  }

  private hangUp(): void {
    this.conversation.end();
    this.link.stop();
    forgetOthers(this.awareness, REMOTE);
  }

  /** Goes on with a new document. */
  private async startAfresh(why: Reason, reconnect = true): Promise<void> {
    this.hangUp();
    if (reconnect) this.state.set({ phase: "connecting" });
    await this.copy.replace(why);
    if (reconnect && !this.isDestroyed) this.link.start();
  }
}
