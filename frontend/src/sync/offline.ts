/**
 * What the browser keeps of a map, so that a reload without network shows it and loses nothing.
 *
 * Kept by map, epoch and participant, as rows that are only ever added or replaced by their own
 * key: two tabs cannot overwrite each other. A row that is still `mine` has not been acknowledged.
 * Rows that are not are what the server has, and are folded into one from time to time.
 *
 * Without IndexedDB (private windows, a full disk) everything goes on in memory, and `isKept` says so.
 * Where it fails in the middle it is opened again, and who uses the store writes what is unsent again.
 */
import type { AsideText } from "~/sync/aside";
import { AsideStore } from "~/sync/asideStore";
import { Connection, copiesIn, isLater, PATIENCE_MS, promised, whenDone } from "~/sync/database";
import {
  type Copy,
  isOlder,
  type Kept,
  keptIn,
  type LastCopy,
  nameOf,
  type Row,
  sizeOf,
  unacknowledgedIn,
} from "~/sync/kept";
import { type Entry, newKey } from "~/sync/outbox";

/** Others' edits are written with one's own, or after this long. */
const REMOTE_DELAY_MS = 1_000;
/** From this many rows, or bytes in them, on, they are worth folding into one. */
const FOLD_ROWS = 200;
const FOLD_BYTES = 512 * 1024;

/**
 * Opens the store of one map; never fails, but may keep nothing. A database that takes longer than
 * `patience` is taken in when it opens ({@link OfflineStore.onOpen}).
 */
export async function openOfflineStore(
  map: string,
  factory: IDBFactory | undefined = globalThis.indexedDB,
  patience = PATIENCE_MS,
): Promise<OfflineStore> {
  const store = new OfflineStore(map, factory);
  await isLater(store.open(), patience);
  return store;
}

/** One map's rows. */
export class OfflineStore {
  private copy: Copy | null = null;
  /** Rows to write (or, null, to delete) in the next transaction. */
  private changes = new Map<string, Row | null>();
  private writing: Promise<void> | null = null;
  private remote: Uint8Array[] = [];
  private remoteTimer: ReturnType<typeof setTimeout> | undefined;
  /** Rows that this tab has read or written and that the server has: what it may fold. */
  private readonly settled = new Map<string, number>();
  /** Whether the rows lack some of what the server has: the database was away when it came. */
  private isTorn = false;
  private readonly asides: AsideStore;
  private readonly database: Connection;
  private tell: () => void = () => {};
  private opened: () => void = () => {};

  constructor(
    private readonly map: string,
    factory: IDBFactory | undefined,
  ) {
    this.asides = new AsideStore(map);
    this.database = new Connection(factory, {
      onOpen: () => {
        // Read and written as if for the first time.
        this.copy = null;
        this.opened();
      },
      onLost: () => {
        this.isTorn = true;
        this.changes.clear();
        this.tell();
      },
    });
  }

  /** Whether what is unsent would survive a reload. */
  get isKept(): boolean {
    return this.database.isOpen;
  }

  /** Whether the database is about to open, so that nobody knows yet what is in it. */
  get isOpening(): boolean {
    return this.database.isOpening;
  }

  /** Has `tell` called when {@link isKept} or {@link aside} may have changed. */
  onChange(tell: () => void): void {
    this.tell = tell;
  }

  /** Has `opened` called when the database opens late, or again: to read it, and write what it may lack. */
  onOpen(opened: () => void): void {
    this.opened = opened;
  }

  /** Opens the database, which may take any time. */
  open(): Promise<void> {
    return this.database.open();
  }

  /** The copy that was in use last, and what is set aside beside it; where a participant is named, only if it is theirs. */
  async load(participant?: string): Promise<Kept | null> {
    await this.written();
    const { copy: before } = this;
    return this.database.attempt(null, async (database) => {
      const copies = database.transaction("copies").objectStore("copies");
      const last = await promised<LastCopy | undefined>(copies.get(this.map));
      const isTheirs = last?.participant === (participant ?? last?.participant);
      // Meanwhile the server may have said whose copy of what it is.
      if (!last || !isTheirs || this.copy !== before) return null;
      const { epoch, participant: who } = last;
      if (epoch !== null) return this.read(database, { epoch, participant: who });
      this.asides.use(who);
      await this.asides.read(database.transaction("asides"));
      this.tell();
      return null;
    });
  }

  /** From now on, rows belong to this copy. Gives what was kept of it, where it is another one. */
  async keepAs({ epoch, participant }: Copy): Promise<Kept | null> {
    const isSame = this.copy?.epoch === epoch && this.copy.participant === participant;
    if (isSame && !this.asides.isUnwritten) return null;
    this.use({ epoch, participant });
    this.remote = [];
    return this.database.attempt(null, async (database) => {
      const writing = database.transaction(["copies", "asides"], "readwrite");
      writing.objectStore("copies").put({ map: this.map, epoch, participant });
      const noteWritten = this.asides.putUnwritten(writing);
      await whenDone(writing);
      noteWritten();
      return this.read(database, { epoch, participant });
    });
  }

  /** Keeps an edit that the server has not acknowledged. */
  add(entry: Entry): void {
    this.write(entry, true);
    this.flush();
    this.database.reopen();
  }

  /** The server has these now. */
  settle(entries: readonly Entry[]): void {
    for (const entry of entries) this.write(entry, false);
    this.start();
  }

  /** Keeps what others did. */
  addRemote(update: Uint8Array): void {
    this.database.reopen();
    if (!this.isKept || !this.copy) {
      this.isTorn = true;
      return;
    }
    this.remote.push(update);
    this.remoteTimer ??= setTimeout(() => this.flush(), REMOTE_DELAY_MS);
  }

  /** Whether there is enough to fold, or something to mend by that. */
  get isLong(): boolean {
    if (this.isTorn || this.settled.size > FOLD_ROWS) return true;
    const sizes = [...this.settled.values()];
    const largest = Math.max(0, ...sizes);
    return sizes.reduce((sum, size) => sum + size, 0) - largest > Math.max(FOLD_BYTES, largest / 2);
  }

  /** Puts one state in the place of all settled rows of this tab; it must hold nothing unsent. */
  fold(state: Uint8Array): void {
    if (!this.isKept || !this.copy) return;
    this.flush();
    for (const key of this.settled.keys()) this.changes.set(key, null);
    this.settled.clear();
    this.isTorn = false;
    this.put({ key: newKey(), mine: false, updates: [state], touched: [] });
    this.start();
  }

  /** Writes now what waits for company. */
  flush(): void {
    clearTimeout(this.remoteTimer);
    this.remoteTimer = undefined;
    if (this.remote.length > 0) {
      this.put({ key: newKey(), mine: false, updates: this.remote, touched: [] });
      this.remote = [];
    }
    this.start();
  }

  /** As {@link flush}, and without a turn to wait for: the page may be gone in a moment. */
  hurry(): void {
    this.flush();
    if (this.changes.size === 0) return;
    this.follow(this.database.attempt(undefined, (database) => this.writeOut(database)));
  }

  /** What was set aside for the participant of this copy, as far as this tab knows. */
  get aside(): readonly AsideText[] {
    return this.asides.all;
  }

  /**
   * Takes out what the server has not acknowledged, other tabs' included, and sets aside what
   * `wordsIn` finds in it; with `all`, drops the rest of the copy too. For when it cannot be sent any
   * more. All in one transaction: a page that goes in the middle of it leaves the one or the other.
   */
  async setAside(
    all: boolean,
    wordsIn: (entries: readonly Entry[]) => readonly AsideText[],
  ): Promise<void> {
    await this.written();
    const { copy } = this;
    if (all) this.copy = null;
    this.settled.clear();
    const written = await this.database.attempt(null, async (database) => {
      const writing = database.transaction(["rows", "copies", "asides"], "readwrite");
      const store = writing.objectStore("rows");
      const found = copy ? store.index("copy").getAll(nameOf(this.map, copy)) : null;
      const rows = found ? await promised<Row[]>(found) : [];
      const texts = wordsIn(unacknowledgedIn(rows));
      for (const row of rows) if (all || row.mine) store.delete(row.key);
      const { map } = this;
      if (all && copy) writing.objectStore("copies").put({ ...copy, map, epoch: null });
      const key = this.asides.put(writing, texts);
      await whenDone(writing);
      return { texts, key };
    });
    this.noteAside(written?.texts ?? wordsIn([]), written?.key);
  }

  /**
   * Takes out what this participant did in other epochs, and sets aside what `wordsOf` finds in it: a
   * tab that has not noticed that the map was rebuilt writes on, and may be gone before it is told.
   */
  async setAsideOld(wordsOf: (kept: Kept) => readonly AsideText[]): Promise<void> {
    const { copy } = this;
    if (!copy) return;
    const written = await this.database.attempt(null, async (database) => {
      const writing = database.transaction(["rows", "asides"], "readwrite");
      const store = writing.objectStore("rows");
      const old: AsideText[] = [];
      for (const name of await copiesIn(store)) {
        if (!isOlder(name, this.map, copy)) continue;
        const rows = await promised<Row[]>(store.index("copy").getAll(name));
        old.push(...wordsOf(keptIn(rows, copy)));
        for (const row of rows) store.delete(row.key);
      }
      const key = this.asides.put(writing, old);
      await whenDone(writing);
      return { texts: old, key };
    });
    if (written) this.noteAside(written.texts, written.key);
  }

  /** Sets aside what its author wrote elsewhere; on disk, as soon as {@link keepAs} says whose it is. */
  offer(texts: readonly AsideText[]): void {
    this.noteAside(texts);
  }

  /** Forgets what was set aside, but for what another tab has set aside since this one looked. */
  async clearAside(): Promise<void> {
    if (this.aside.length === 0) return;
    const forgetIn = this.asides.forget();
    this.tell();
    await this.database.attempt(undefined, async (database) => {
      const writing = database.transaction("asides", "readwrite");
      forgetIn(writing);
      await whenDone(writing);
    });
  }

  /** Resolves when everything asked for so far is on disk. */
  async written(): Promise<void> {
    while (this.writing) await this.writing;
  }

  /** Writes the rest, before whatever is asked of the database next, and lets go of it. */
  async close(): Promise<void> {
    this.hurry();
    await this.written();
    this.database.close();
  }

  private use(copy: Copy): void {
    this.copy = copy;
    this.asides.use(copy.participant);
  }

  private noteAside(texts: readonly AsideText[], written?: string): void {
    if (texts.length === 0) return;
    this.asides.note(texts, written);
    this.tell();
  }

  private async read(database: IDBDatabase, { epoch, participant }: Copy): Promise<Kept> {
    this.use({ epoch, participant });
    const reading = database.transaction(["rows", "asides"]);
    const rowsOf = reading.objectStore("rows").index("copy");
    const rows = await promised<Row[]>(rowsOf.getAll(nameOf(this.map, { epoch, participant })));
    await this.asides.read(reading);
    this.settled.clear();
    for (const row of rows) if (!row.mine) this.settled.set(row.key, sizeOf(row));
    this.tell();
    return keptIn(rows, { epoch, participant });
  }

  private write({ key, update, touched }: Entry, mine: boolean): void {
    this.put({ key, mine, updates: [update], touched });
  }

  private put(row: Omit<Row, "copy">): void {
    if (!this.copy) return;
    const whole = { ...row, copy: nameOf(this.map, this.copy) };
    this.changes.set(row.key, whole);
    if (!row.mine) this.settled.set(row.key, sizeOf(whole));
  }

  /** One transaction at a time; what comes meanwhile makes the next. */
  private start(): void {
    if (!this.isKept) this.changes.clear();
    if (this.writing || this.changes.size === 0) return;
    this.follow(
      this.database.attempt(undefined, async (database) => {
        while (this.changes.size > 0) await this.writeOut(database);
      }),
    );
  }

  /** Writes all that waits, in a transaction of its own. */
  private writeOut(database: IDBDatabase): Promise<void> {
    // Where this fails, what waits is another database's.
    const writing = database.transaction("rows", "readwrite");
    const changes = this.changes;
    this.changes = new Map();
    const store = writing.objectStore("rows");
    for (const [key, row] of changes) {
      if (row) store.put(row);
      else store.delete(key);
    }
    // Nothing more comes: it need not wait for the page, which may be gone by then.
    writing.commit();
    return whenDone(writing);
  }

  /** What is under way ends when both this and what was under way have. */
  private follow(work: Promise<void>): void {
    const all = Promise.all([this.writing, work]).then(() => {
      if (this.writing !== all) return;
      this.writing = null;
      this.start();
    });
    this.writing = all;
  }
}
