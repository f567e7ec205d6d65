/**
 * This page's copy of one map: the document, what of it the server has not got, and what the browser
 * keeps of both for when there is no socket.
 *
 * # Invariants
 *
 * - What an earlier page load left unsent is in the outbox before the first greeting is answered, or
 *   as soon as the browser's database opens.
 * - Two histories are never merged: a document of another epoch, or with work in it that was refused,
 *   is replaced by a new one.
 */
import * as Y from "yjs";
import { nodesOf, ROOT } from "~/map/schema";
import {
  type AsideText,
  isOutside,
  stillMissing,
  touchedBy,
  touching,
  unsentIn,
  wholeOf,
  wordsIn,
} from "~/sync/aside";
import { REMOTE } from "~/sync/conversation";
import type { Kept } from "~/sync/kept";
import { type Left, leave, takeLeft } from "~/sync/memory";
import { type OfflineStore, openOfflineStore } from "~/sync/offline";
import { type Entry, Outbox } from "~/sync/outbox";
import type { StatusKeeper } from "~/sync/status";

/** What a copy is made of. */
export interface LocalCopyOptions {
  readonly mapId: string;
  /** An empty document, or one of this map and epoch. */
  readonly doc: Y.Doc;
  /** Whose page this is, where that is known before the server says it: another's copy is not shown. */
  readonly participant?: string | undefined;
  readonly store?: OfflineStore | undefined;
  readonly status: StatusKeeper;
  /** Writes a frame to the socket. */
  readonly send: (frame: Uint8Array) => void;
}

/**
 * Why a document is replaced: the map has another history (`epoch`), the server will not have our
 * work (`refused`) or what it had itself (`copy`), or the copy is another participant's (`person`; it
 * stays theirs).
 */
export type Reason = "epoch" | "refused" | "copy" | "person";

/** Transaction origin of what the browser kept. */
const KEPT = Symbol("gapmap kept edit");
/** While something happens in a map, it is looked this often whether its copy is to be folded. */
const FOLD_EVERY_MS = 5_000;

/** A map as this page has it. */
export class LocalCopy {
  /** What the server has not acknowledged. */
  readonly outbox: Outbox;
  private current: Y.Doc;
  private store: OfflineStore | null = null;
  private isBareDoc = false;
  private isClosed = false;
  private foldTimer: ReturnType<typeof setTimeout> | undefined;
  /** What is being set aside of documents that were replaced. */
  private replacing: Promise<unknown> | null = null;

  constructor(private readonly options: LocalCopyOptions) {
    this.current = options.doc;
    this.outbox = new Outbox({
      send: options.send,
      onEntry: (entry) => this.store?.add(entry),
      onCount: () => options.status.set({ unsent: this.outbox.unsent }),
    });
    this.current.on("update", this.onUpdate);
  }

  /** The document. Another one where `status.generation` went up. */
  get doc(): Y.Doc {
    return this.current;
  }

  /** Whether what the browser kept is known, so that a connection may begin. */
  get isOpen(): boolean {
    return this.store !== null;
  }

  /** Whether the document began empty on this connection: then nothing in it can be to blame. */
  get isBare(): boolean {
    return this.isBareDoc;
  }

  /** Whether unsent work would be lost with the page. */
  get wouldLose(): boolean {
    return this.outbox.unsent > 0 && !this.store?.isKept;
  }

  /** Work that could not go into the map, and is not in it by now. */
  get aside(): readonly AsideText[] {
    return stillMissing(this.store?.aside ?? [], this.current);
  }

  /** What this page wrote, and the server has not acknowledged. */
  unsentWords(): readonly AsideText[] {
    this.outbox.flush();
    return wordsIn(this.current, this.outbox.entries, this.options.status.current.participant);
  }

  /** Hands the work over that was set aside; it is forgotten here. */
  takeAside(): readonly AsideText[] {
    const texts = this.aside;
    void this.store?.clearAside();
    return texts;
  }

  /** Takes in what the browser kept, or this page had left, of the map. */
  async open(): Promise<void> {
    const { mapId, participant, status } = this.options;
    const store = this.options.store ?? (await openOfflineStore(mapId));
    store.onChange(() => this.showStore());
    store.onOpen(() => void this.onStoreOpen(store));
    const kept = await store.load(participant);
    if (this.isClosed) return store.close();
    this.store = store;
    if (kept) this.takeKept(kept);
    this.resume(store, takeLeft(mapId, participant));
    for (const entry of this.outbox.entries) store.add(entry);
    status.set({ recalled: !store.isOpening });
    this.showStore();
  }

  /** Keeps from now on what this participant does in this epoch; may find more of it. */
  async keepAs(epoch: number, participant: string): Promise<void> {
    const { current, store } = this;
    const using = store?.keepAs({ epoch, participant });
    for (const entry of this.outbox.entries) store?.add(entry);
    const kept = await using;
    void store?.setAsideOld(unsentIn);
    if (kept && this.current === current && !this.isClosed) this.takeKept(kept);
  }

  /** The document holds what the server had. */
  noteSynced(): void {
    this.options.status.set({ synced: true, loaded: true });
    this.showStore();
    // All of it is in the map by now: nobody need be asked about it any more.
    if (this.options.status.current.setAside === 0) void this.store?.clearAside();
  }

  /** The connection is gone: the next one begins with what is here. */
  noteLost(): void {
    this.isBareDoc = false;
  }

  /** The server has these now. */
  settle(entries: readonly Entry[]): void {
    this.store?.settle(entries);
    this.foldLater();
  }

  /** Writes to disk what waits: the page may be gone in a moment. */
  hurry(): void {
    this.outbox.flush();
    this.store?.hurry();
  }

  /** Whether something unsent builds on what neither this document nor the server has, so that it never can be sent. */
  hasHole(): boolean {
    return this.outbox.entries.some(({ update }) => isOutside(this.current, update));
  }

  /** Puts a new document in the place of this one, and what was unsent aside for its author. */
  async replace(why: Reason): Promise<void> {
    this.replacing = Promise.all([this.replacing, this.replaceNow(why)]);
    await this.replacing;
  }

  private async replaceNow(why: Reason): Promise<void> {
    const { current: old, store } = this;
    const { status } = this.options;
    const { epoch, participant, generation } = status.current;
    old.off("update", this.onUpdate);
    const late = new Set<string>();
    old.on("update", (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, made: Y.Transaction) => {
      for (const key of touchedBy(made)) late.add(key);
    });
    const unsent = this.outbox.clear();
    this.current = new Y.Doc();
    this.current.on("update", this.onUpdate);
    this.isBareDoc = true;
    status.set({
      ...{ generation: generation + 1, synced: false, loaded: false, session: null, ahead: false },
      ...(why === "refused" ? { epoch } : { epoch: null, participant: null }),
    });
    // The page lets go of the old document, and of the word that is being written in it.
    await new Promise((resolve) => setTimeout(resolve));
    if (store && why !== "person") {
      // What the server has lost is in this copy alone; what it still has is not offered.
      const whole = why === "copy" ? [wholeOf(old)] : [];
      await store.setAside(why !== "refused", (kept) =>
        wordsIn(old, [...unsent, ...kept, ...whole, touching(late)], participant),
      );
    }
    const kept = why === "refused" ? await store?.load(participant ?? undefined) : null;
    if (kept && !this.isClosed) this.takeKept(kept);
  }

  /** Lets go. What is unsent stays in the browser's database, or without one in the page. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.foldTimer);
    this.outbox.flush();
    this.current.off("update", this.onUpdate);
    await this.replacing;
    if (!this.store?.isKept) this.leaveInPage();
    await this.store?.close();
  }

  private readonly onUpdate = (
    update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ) => {
    if (origin === KEPT) return;
    if (origin === REMOTE) {
      this.store?.addRemote(update);
      this.foldLater();
    } else {
      this.outbox.add(update, touchedBy(transaction));
    }
  };

  /** The database can be used at last, or again: takes in what it holds, and writes what is unsent. */
  private async onStoreOpen(store: OfflineStore): Promise<void> {
    const { participant: expected, status } = this.options;
    const { epoch, participant } = status.current;
    if (epoch !== null && participant !== null) {
      await this.keepAs(epoch, participant);
    } else {
      const kept = await store.load(expected);
      // Histories are never merged: the greeting that came meanwhile has its own copy read.
      if (kept && status.current.epoch === null && !this.isClosed) this.takeKept(kept);
    }
    status.set({ recalled: true });
    this.showStore();
    this.fold();
  }

  /** Puts into the document what was kept. */
  private takeKept({ epoch, participant, updates, entries }: Kept): void {
    this.current.transact(() => {
      for (const update of updates) Y.applyUpdate(this.current, update, KEPT);
      for (const entry of entries) Y.applyUpdate(this.current, entry.update, KEPT);
    }, KEPT);
    this.outbox.restore(entries);
    this.isBareDoc = false;
    this.options.status.set({ epoch, participant, loaded: nodesOf(this.current).has(ROOT) });
  }

  private leaveInPage(): void {
    const { epoch, participant } = this.options.status.current;
    if (epoch === null || participant === null) return;
    const updates = [Y.encodeStateAsUpdate(this.current)];
    const { entries } = this.outbox;
    leave(this.options.mapId, { epoch, participant, updates, entries, aside: this.aside });
  }

  /** Goes on with what this page had left of the map, where the browser kept nothing. */
  private resume(store: OfflineStore, left: Left | null): void {
    if (!left) return;
    const { epoch } = this.options.status.current;
    const isOther = epoch !== null && epoch !== left.epoch;
    store.offer(isOther ? [...unsentIn(left), ...left.aside] : left.aside);
    if (!isOther) this.takeKept(left);
  }

  private foldLater(): void {
    this.foldTimer ??= setTimeout(() => {
      this.foldTimer = undefined;
      this.fold();
    }, FOLD_EVERY_MS);
  }

  private fold(): void {
    const { unsent, synced } = this.options.status.current;
    if (!this.store?.isLong || unsent > 0 || !synced) return;
    this.store.fold(Y.encodeStateAsUpdate(this.current));
  }

  private showStore(): void {
    const keptOnDevice = this.store?.isKept ?? false;
    this.options.status.set({ setAside: this.aside.length, keptOnDevice });
  }
}
