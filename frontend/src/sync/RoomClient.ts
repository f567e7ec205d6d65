/**
 * One live map: its document here, the server's at the other end of a socket, and a copy in the
 * browser for when there is no socket.
 *
 * # Invariants
 *
 * - `status.unsent` is 0 only when the server has acknowledged all that this page made, what
 *   earlier page loads left behind included.
 * - Two histories are never merged: nothing from the server is read before its hello, and a
 *   document of another epoch (or with work in it that was refused) is replaced by a new one.
 */
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { nodesOf, ROOT } from "~/map/schema";
import {
  type AsideText,
  isOutside,
  stillMissing,
  touchedBy,
  unsentIn,
  wholeOf,
  wordsIn,
} from "~/sync/aside";
import { Conversation, REMOTE } from "~/sync/conversation";
import { Link, type Patience } from "~/sync/link";
import { type Left, leave, takeLeft } from "~/sync/memory";
import { type Kept, type OfflineStore, openOfflineStore } from "~/sync/offline";
import { type Entry, Outbox } from "~/sync/outbox";
import { ownSyncUrl, watchPage } from "~/sync/page";
import { forgetOthers, type PresenceFields, PresenceSender } from "~/sync/presence";
import {
  addressOf,
  type Hello,
  type Nack,
  queryAwareness,
  type SessionState,
} from "~/sync/protocol";
import { NEW_STATUS, type RoomStatus } from "~/sync/status";

export type { AsideText } from "~/sync/aside";
export type { RoomPhase, RoomStatus } from "~/sync/status";

/** What a room is made of. */
export interface RoomOptions {
  readonly mapId: string;
  /** An empty document, or one of this map and epoch. */
  readonly doc: Y.Doc;
  /** Whose page this is, where that is known before the server says it: another's copy is not shown. */
  readonly participant?: string | undefined;
  /** Where sockets are taken, as `ws://host/sync`; the page's own server by default. */
  readonly url?: string | undefined;
  /** For programs; a page comes with its cookie. */
  readonly token?: string | undefined;
  readonly store?: OfflineStore | undefined;
  readonly createSocket?: ((url: string) => WebSocket) | undefined;
  readonly patience?: Partial<Patience> | undefined;
}

/** Transaction origin of what the browser kept. */
const KEPT = Symbol("gapmap kept edit");
/** The server's word that the map was rebuilt. */
const WRONG_EPOCH = 4409;
/** The server's word that a message was over its limit. */
const TOO_LARGE = 4413;
/** A copy is folded when nothing has happened for this long. */
const FOLD_DELAY_MS = 5_000;

/** A map and its people. */
export class RoomClient {
  /** Who is here; its own state is set through {@link setPresence}. */
  readonly awareness: Awareness;
  private current: Y.Doc;
  private state: RoomStatus = NEW_STATUS;
  private readonly listeners = new Set<() => void>();
  private readonly outbox: Outbox;
  private readonly link: Link;
  private readonly presence: PresenceSender;
  private readonly conversation: Conversation;
  private store: OfflineStore | null = null;
  private token: string | undefined;
  private stopWatching = () => {};
  private isOpening = false;
  /** Whether the document began empty on this connection: then nothing in it can be to blame. */
  private isBare = false;
  private isDestroyed = false;
  private foldTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: RoomOptions) {
    this.current = options.doc;
    this.token = options.token;
    this.awareness = new Awareness(options.doc);
    this.link = new Link({
      url: () =>
        addressOf(options.url ?? ownSyncUrl(), options.mapId, this.state.epoch, this.token),
      onOpen: () => this.conversation.begin(),
      onMessage: (frame) => this.conversation.receive(frame),
      onLost: (code, reason) => this.onLost(code, reason),
      ask: () => this.link.send(queryAwareness()),
      createSocket: options.createSocket,
      patience: options.patience,
    });
    this.outbox = new Outbox({
      send: (frame) => this.link.send(frame),
      onEntry: (entry) => this.store?.add(entry),
      onCount: () => this.set({ unsent: this.outbox.unsent }),
    });
    this.presence = new PresenceSender(this.awareness, (states) =>
      this.conversation.sendPresence(states),
    );
    this.conversation = new Conversation({
      doc: () => this.current,
      link: this.link,
      outbox: this.outbox,
      awareness: this.awareness,
      presence: this.presence,
      onHello: (hello) => this.onHello(hello),
      onSynced: () => {
        this.set({ synced: true, loaded: true });
        this.showStore();
        // All of it is in the map by now: nobody need be asked about it any more.
        if (this.state.setAside === 0) void this.store?.clearAside();
      },
      onDurable: (entries) => {
        this.store?.settle(entries);
        this.foldLater();
      },
      onNack: (nack) => this.onNack(nack),
      onState: (session) => this.onState(session),
    });
    this.current.on("update", this.onUpdate);
  }

  /** The map's document. Another one where `status.generation` went up. */
  get doc(): Y.Doc {
    return this.current;
  }

  /** Where the room stands: a new object whenever anything changes. */
  get status(): RoomStatus {
    return this.state;
  }

  /** Calls `listener` whenever {@link status} is another. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Says what this page is at; what is left out stays as it was. */
  setPresence(fields: PresenceFields): void {
    this.presence.set(fields);
  }

  /** Shows what this browser kept, and connects. Also tries again after a refusal. */
  connect(): void {
    if (this.isDestroyed) return;
    this.set({ phase: "connecting", closeCode: null, reason: null, ahead: false });
    if (this.store) this.link.start();
    else if (!this.isOpening) void this.open();
  }

  /** Gives the server a fresh token in place of the one that is about to end. */
  renewToken(token: string): void {
    this.token = token;
    this.conversation.renewToken(token);
  }

  /** Work that could not go into the map, and is not in it by now. */
  get aside(): readonly AsideText[] {
    return stillMissing(this.store?.aside ?? [], this.current);
  }

  /** What this page wrote, and the server has not acknowledged. */
  unsentWords(): readonly AsideText[] {
    this.outbox.flush();
    return wordsIn(this.current, this.outbox.entries, this.state.participant);
  }

  /** Gives this device's copy up for the server's, and sets aside what only it says. */
  startOver(): void {
    void this.startAfresh("copy");
  }

  /** Hands the work over that was set aside; it is forgotten here. */
  takeAside(): readonly AsideText[] {
    const texts = this.aside;
    void this.store?.clearAside();
    return texts;
  }

  /** Leaves. What is unsent stays in the browser's copy, or without one in the page. */
  async destroy(): Promise<void> {
    if (this.isDestroyed) return;
    this.isDestroyed = true;
    this.stopWatching();
    clearTimeout(this.foldTimer);
    this.outbox.flush();
    this.current.off("update", this.onUpdate);
    this.presence.leave();
    this.conversation.end();
    this.link.stop();
    this.awareness.destroy();
    this.listeners.clear();
    if (!this.store?.isKept) this.leaveInPage();
    await this.store?.close();
  }

  private async open(): Promise<void> {
    this.isOpening = true;
    const store = this.options.store ?? (await openOfflineStore(this.options.mapId));
    store.onChange(() => this.showStore());
    store.onOpen(() => void this.onStoreOpen(store));
    const kept = await store.load(this.options.participant);
    if (this.isDestroyed) return store.close();
    this.store = store;
    if (kept) this.takeKept(kept);
    this.resume(store, takeLeft(this.options.mapId, this.options.participant));
    for (const entry of this.outbox.entries) store.add(entry);
    this.set({ recalled: !store.isOpening });
    this.showStore();
    this.stopWatching = watchPage({
      onWake: () => this.link.wake(),
      onHide: () => {
        this.outbox.flush();
        store.hurry();
      },
      wouldLose: () => this.outbox.unsent > 0 && !store.isKept,
    });
    this.link.start();
  }

  /** The browser's copy can be used at last, or again: takes in what it holds, and writes what is unsent. */
  private async onStoreOpen(store: OfflineStore): Promise<void> {
    const { epoch, participant } = this.state;
    if (epoch !== null && participant !== null) {
      await this.keepCopy(epoch, participant);
    } else {
      const kept = await store.load(this.options.participant);
      // Histories are never merged: the greeting that came meanwhile has its own copy read.
      if (kept && this.state.epoch === null && !this.isDestroyed) this.takeKept(kept);
    }
    this.set({ recalled: true });
    this.showStore();
  }

  private leaveInPage(): void {
    const { epoch, participant } = this.state;
    if (epoch === null || participant === null) return;
    const updates = [Y.encodeStateAsUpdate(this.current)];
    const { entries } = this.outbox;
    leave(this.options.mapId, { epoch, participant, updates, entries, aside: this.aside });
  }

  /** Goes on with what this page had left of the map, where the browser kept nothing. */
  private resume(store: OfflineStore, left: Left | null): void {
    if (!left) return;
    // Histories are never merged.
    const isOther = this.state.epoch !== null && this.state.epoch !== left.epoch;
    store.offer(isOther ? [...unsentIn(left), ...left.aside] : left.aside);
    if (!isOther) this.takeKept(left);
  }

  /** Puts into the document what the browser kept. */
  private takeKept({ epoch, participant, updates, entries }: Kept): void {
    this.current.transact(() => {
      for (const update of updates) Y.applyUpdate(this.current, update, KEPT);
      for (const entry of entries) Y.applyUpdate(this.current, entry.update, KEPT);
    }, KEPT);
    this.outbox.restore(entries);
    this.isBare = false;
    this.set({ epoch, participant, loaded: nodesOf(this.current).has(ROOT) });
  }

  /** Keeps from now on what this participant does in this epoch; may find more of it. */
  private async keepCopy(epoch: number, participant: string): Promise<void> {
    const { current, store } = this;
    const using = store?.keepAs({ epoch, participant });
    for (const entry of this.outbox.entries) store?.add(entry);
    const kept = await using;
    void store?.setAsideOld(unsentIn);
    if (kept && this.current === current && !this.isDestroyed) this.takeKept(kept);
  }

  private readonly onUpdate = (update: Uint8Array, from: unknown, _: Y.Doc, by: Y.Transaction) => {
    if (from === KEPT) return;
    if (from === REMOTE) {
      this.store?.addRemote(update);
      this.foldLater();
    } else {
      this.outbox.add(update, touchedBy(by));
    }
  };

  private onLost(code: number, reason: string): boolean {
    this.conversation.end();
    this.isBare = false;
    forgetOthers(this.awareness, REMOTE);
    const isFinal = code >= 4400 && code < 4500;
    const phase = isFinal ? "refused" : "offline";
    const ahead = code === TOO_LARGE && this.outbox.unsent === 0;
    this.set({ phase, synced: false, closeCode: code, reason: reason || null, ahead });
    if (code === WRONG_EPOCH && this.state.epoch !== null) void this.startAfresh("epoch");
    // What we have to say is more than the server takes: said again, it would end the same way.
    if (code === TOO_LARGE && this.outbox.unsent > 0) void this.startAfresh("refused", false);
    return !isFinal;
  }

  private onHello({ epoch, participant, role, limits }: Hello): boolean {
    const { state } = this;
    const isOther = state.participant !== null && state.participant !== participant;
    if (isOther || (state.epoch !== null && state.epoch !== epoch)) {
      void this.startAfresh(isOther ? "person" : "epoch");
      return false;
    }
    void this.keepCopy(epoch, participant);
    this.set({ phase: "open", role, limits, epoch, participant, closeCode: null, reason: null });
    return true;
  }

  private onNack({ code, message, retryable }: Nack): void {
    this.set({ lastNack: { code, message } });
    // What builds on something that neither we nor the server have never can be sent.
    const isHole = ({ update }: Entry) => isOutside(this.current, update);
    if (retryable && !(this.state.synced && this.outbox.entries.some(isHole))) return;
    if (this.outbox.unsent > 0) {
      // What follows in this document builds on what was refused, so none of it can be sent.
      void this.startAfresh("refused");
    } else if (!this.isBare) {
      // It is the copy itself that the server cannot use, having lost what it once had.
      void this.startAfresh("copy");
    } else {
      this.link.stop();
      this.set({ phase: "refused", reason: message });
    }
  }

  private onState(session: SessionState): void {
    if (session.epoch !== this.state.epoch) return void this.startAfresh("epoch");
    const clock = session.time === null ? this.state.clock : session.time - performance.now();
    this.set({ session, clock });
  }

  /**
   * Puts a new document in the place of this one, and what was unsent aside for its author: the
   * map has another history (`epoch`), the server will not have our work (`refused`) or what it had
   * itself (`copy`), or the browser's copy is another participant's (`person`; it stays theirs).
   */
  private async startAfresh(
    why: "epoch" | "refused" | "copy" | "person",
    reconnect = true,
  ): Promise<void> {
    const { current: old, store } = this;
    const { epoch, participant, generation } = this.state;
    this.conversation.end();
    this.link.stop();
    old.off("update", this.onUpdate);
    const unsent = this.outbox.clear();
    this.current = new Y.Doc();
    this.current.on("update", this.onUpdate);
    this.isBare = true;
    forgetOthers(this.awareness, REMOTE);
    this.set({
      ...{ generation: generation + 1, synced: false, loaded: false, session: null, ahead: false },
      ...(why === "refused" ? { epoch } : { epoch: null, participant: null }),
      ...(reconnect ? { phase: "connecting" as const } : {}),
    });
    if (store && why !== "person") {
      // What the server has lost is in this copy alone; what it still has is not offered.
      const whole = why === "copy" ? [wholeOf(old)] : [];
      await store.setAside(why !== "refused", (kept) =>
        wordsIn(old, [...unsent, ...kept, ...whole], participant),
      );
    }
    const kept = why === "refused" ? await store?.load(participant ?? undefined) : null;
    if (this.isDestroyed) return;
    if (kept) this.takeKept(kept);
    if (reconnect) this.link.start();
  }

  private foldLater(): void {
    clearTimeout(this.foldTimer);
    this.foldTimer = setTimeout(() => {
      const { store, state } = this;
      if (!store?.isLong || state.unsent > 0 || !state.synced) return;
      store.fold(Y.encodeStateAsUpdate(this.current));
    }, FOLD_DELAY_MS);
  }

  private showStore(): void {
    this.set({ setAside: this.aside.length, keptOnDevice: this.store?.isKept ?? false });
  }

  private set(changes: Partial<RoomStatus>): void {
    const entries = Object.entries(changes) as [keyof RoomStatus, unknown][];
    if (entries.every(([key, value]) => this.state[key] === value)) return;
    this.state = { ...this.state, ...changes };
    for (const listener of [...this.listeners]) listener();
  }
}
