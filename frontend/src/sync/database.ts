/** The browser's database of maps, and its requests as promises. */

/** Some updates of one copy of a map. */
export interface Row {
  readonly key: string;
  /** Map, epoch and participant. */
  readonly copy: string;
  /** Whether the server has yet to acknowledge it. */
  readonly mine: boolean;
  readonly updates: readonly Uint8Array[];
  readonly touched: readonly string[];
}

const NAME = "gapmap-maps";
const VERSION = 1;
/** A database that does not open by then (another tab upgrades it, a broken profile) never will. */
const PATIENCE_MS = 3_000;

/** Opens the database; null where there is none to be had. */
export function openDatabase(factory: IDBFactory | undefined): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      resolve(null);
    }, PATIENCE_MS);
    const finish = (database: IDBDatabase | null) => {
      clearTimeout(timer);
      if (isLate) database?.close();
      resolve(database);
    };
    try {
      if (!factory) return finish(null);
      const request = factory.open(NAME, VERSION);
      request.onupgradeneeded = () => create(request.result);
      request.onerror = () => finish(null);
      request.onsuccess = () => {
        // A newer page may want to change the database: go on in memory rather than block it.
        request.result.onversionchange = () => request.result.close();
        finish(request.result);
      };
    } catch {
      // Some browsers throw here in private windows.
      finish(null);
    }
  });
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
