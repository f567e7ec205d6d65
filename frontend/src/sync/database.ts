/** The browser's database of maps, and its requests as promises. */

const NAME = "gapmap-maps";
const VERSION = 1;
/** So long a page waits for a database (another tab upgrades it, a broken profile) before it goes on without. */
export const PATIENCE_MS = 3_000;

/** One that failed is opened again at most this often, and only when there is something to write. */
const REOPEN_EVERY_MS = 30_000;

/** Opens the database, however long that takes; null where there is none to be had. */
export function openDatabase(factory: IDBFactory | undefined): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      if (!factory) return resolve(null);
      const request = factory.open(NAME, VERSION);
      request.onupgradeneeded = () => create(request.result);
      request.onerror = () => resolve(null);
      request.onsuccess = () => {
        // A newer page may want to change the database: go on in memory rather than block it.
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
    } catch {
      // Some browsers throw here in private windows.
      resolve(null);
    }
  });
}

/** As {@link openDatabase}; what does not open in good time is closed again, and null. */
export async function openSoon(factory: IDBFactory | undefined): Promise<IDBDatabase | null> {
  const opening = openDatabase(factory);
  const isLate = await isLater(opening, PATIENCE_MS);
  if (!isLate) return opening;
  void opening.then((database) => database?.close());
  return null;
}

/** Whether something, be it to fail, takes longer than this. */
export function isLater(work: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms);
    const end = () => {
      clearTimeout(timer);
      resolve(false);
    };
    work.then(end, end);
  });
}

/** A connection that may open late, fail in the middle, and be opened again. */
export class Connection {
  /** Whether it is about to open. */
  isOpening = false;
  private database: IDBDatabase | null = null;
  private reopenedAt = Number.NEGATIVE_INFINITY;
  private isClosed = false;

  constructor(
    private readonly factory: IDBFactory | undefined,
    private readonly told: { readonly onOpen: () => void; readonly onLost: () => void },
  ) {}

  /** Whether it is of use. */
  get isOpen(): boolean {
    return this.database !== null;
  }

  /** Opens it, however long that takes. */
  async open(): Promise<void> {
    this.isOpening = true;
    const database = await openDatabase(this.factory);
    this.isOpening = false;
    if (this.isClosed) return database?.close();
    this.database = database;
    this.told.onOpen();
  }

  /** Opens it again where it was lost, unless that was tried a moment ago. */
  reopen(): void {
    const isSoon = performance.now() - this.reopenedAt < REOPEN_EVERY_MS;
    if (this.database || this.isOpening || this.isClosed || isSoon) return;
    this.reopenedAt = performance.now();
    void this.open();
  }

  /** Does something with the database; where that fails, or there is none, gives `without`. */
  async attempt<T>(without: T, act: (database: IDBDatabase) => Promise<T>): Promise<T> {
    const { database } = this;
    if (!database) return without;
    try {
      return await act(database);
    } catch {
      // What else was under way fails as well, and finds that this is done.
      if (this.database === database) {
        database.close();
        this.database = null;
        this.told.onLost();
        this.reopen();
      }
      return without;
    }
  }

  /** Lets go of it for good. */
  close(): void {
    this.isClosed = true;
    this.database?.close();
    this.database = null;
  }
}

/** A request's result. */
export function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when a transaction is on disk. */
export function whenDone(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

/** The names of the copies that have rows. */
export function copiesIn(rows: IDBObjectStore): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const names: string[] = [];
    const walk = rows.index("copy").openKeyCursor(null, "nextunique");
    walk.onerror = () => reject(walk.error);
    walk.onsuccess = () => {
      const at = walk.result;
      if (!at) return resolve(names);
      names.push(String(at.key));
      at.continue();
    };
  });
}

function create(database: IDBDatabase): void {
  database.createObjectStore("copies", { keyPath: "map" });
  database.createObjectStore("rows", { keyPath: "key" }).createIndex("copy", "copy");
  database.createObjectStore("asides", { keyPath: "key" }).createIndex("owner", "owner");
}
