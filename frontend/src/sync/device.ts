/** What this browser keeps of maps that are not open: for whom they are closed to, and for who may use it next. */
import { type AsideText, unsentIn } from "~/sync/aside";
import { isLater, openDatabase, openSoon, PATIENCE_MS, whenDone } from "~/sync/database";
import type { Row } from "~/sync/kept";
import { countLeft, forgetLeft, leftOf } from "~/sync/memory";
import { openOfflineStore } from "~/sync/offline";

/**
 * How much this browser keeps, of whichever map, that the server has not: edits that it has not
 * acknowledged, and work that was set aside.
 */
export async function unsentOffline(
  factory: IDBFactory | undefined = globalThis.indexedDB,
): Promise<number> {
  const database = await openSoon(factory);
  if (!database) return countLeft();
  const reading = database.transaction(["rows", "asides"]);
  const asides = reading.objectStore("asides").count();
  const rows = reading.objectStore("rows").openCursor();
  return new Promise<number>((resolve) => {
    let count = 0;
    // Row by row: those of a large map fill the memory.
    rows.onsuccess = () => {
      const at = rows.result;
      if (!at) return resolve(count + asides.result + countLeft());
      if ((at.value as Row).mine) count += 1;
      at.continue();
    };
    // What cannot be read holds nobody back from signing out.
    rows.onerror = () => resolve(count);
  }).finally(() => database.close());
}

/**
 * What this browser keeps of a map that may no longer be opened: words that never reached the
 * server, be they unsent or set aside.
 */
export async function keptWords(
  map: string,
  factory: IDBFactory | undefined = globalThis.indexedDB,
): Promise<readonly AsideText[]> {
  const left = leftOf(map);
  const inPage = left ? [...unsentIn(left), ...left.aside] : [];
  const store = await openOfflineStore(map, factory);
  try {
    const kept = await store.load();
    if (kept) await store.setAsideOld(unsentIn);
    return [...inPage, ...(kept ? unsentIn(kept) : []), ...store.aside];
  } finally {
    await store.close();
  }
}

/**
 * Forgets what this browser keeps of a map, or with null of every map: others may use it next. Nobody
 * waits long for a slow database; it is emptied when it opens, before anything else is read of it.
 */
export async function forgetOffline(
  map: string | null,
  factory: IDBFactory | undefined = globalThis.indexedDB,
  patience = PATIENCE_MS,
): Promise<void> {
  forgetLeft(map);
  const forgetting = forgetIn(openDatabase(factory), map);
  if (!(await isLater(forgetting, patience))) await forgetting;
}

async function forgetIn(opening: Promise<IDBDatabase | null>, map: string | null): Promise<void> {
  const database = await opening;
  if (!database) return;
  const stores = [...database.objectStoreNames];
  const transaction = database.transaction(stores, "readwrite");
  if (map === null) for (const name of stores) transaction.objectStore(name).clear();
  else forgetMap(transaction, map);
  await whenDone(transaction).finally(() => database.close());
}

function forgetMap(transaction: IDBTransaction, map: string): void {
  transaction.objectStore("copies").delete(map);
  for (const [name, index] of [
    ["rows", "copy"],
    ["asides", "owner"],
  ] as const) {
    const store = transaction.objectStore(name);
    const walk = store.index(index).openKeyCursor();
    walk.onsuccess = () => {
      const at = walk.result;
      if (!at) return;
      // Both indexes hold names that begin with the map's id.
      if (String(at.key).startsWith(`${map} `)) store.delete(at.primaryKey);
      at.continue();
    };
  }
}
