/**
 * What is set aside of one map, for one participant: on disk, and in memory where that fails. Rows of
 * the database that are only ever added or deleted, so that two tabs cannot overwrite each other.
 */
import type { AsideText } from "~/sync/aside";
import { promised } from "~/sync/database";
import { newKey } from "~/sync/outbox";

interface AsideRow {
  readonly key: string;
  /** Map and participant. */
  readonly owner: string;
  readonly texts: readonly AsideText[];
}

/** The database's table of them. */
const TABLE = "asides";

/** As far as this tab knows. */
export class AsideStore {
  private participant = "";
  private readonly texts = new Map<string, readonly AsideText[]>();
  /** Those of them that are not on disk. */
  private readonly unwritten = new Set<string>();

  constructor(private readonly map: string) {}

  /** All of it, the oldest first. */
  get all(): readonly AsideText[] {
    return [...this.texts.values()].flat();
  }

  /** Whether some of it would go with the page. */
  get isUnwritten(): boolean {
    return this.unwritten.size > 0;
  }

  /** Whose it is from now on; nothing of another's is shown. */
  use(participant: string): void {
    if (this.participant !== "" && this.participant !== participant) this.forget();
    this.participant = participant;
  }

  /** Adds texts in a transaction. Once it is through, they are to be noted. */
  put(writing: IDBTransaction, texts: readonly AsideText[]): string {
    const key = newKey();
    this.write(writing, key, texts);
    return key;
  }

  /** Adds what is not on disk, in a transaction. Gives what to do once it is through. */
  putUnwritten(writing: IDBTransaction): () => void {
    const keys = [...this.unwritten];
    for (const key of keys) this.write(writing, key, this.texts.get(key) ?? []);
    return () => {
      for (const key of keys) this.unwritten.delete(key);
    };
  }

  /** Takes in what is on disk under this key; without one, what is not. */
  note(texts: readonly AsideText[], written?: string): void {
    if (texts.length === 0) return;
    const key = written ?? newKey();
    if (written === undefined) this.unwritten.add(key);
    this.texts.set(key, texts);
  }

  /** Takes in what is on disk. */
  async read(reading: IDBTransaction): Promise<void> {
    const rows = reading.objectStore(TABLE).index("owner").getAll(this.owner);
    for (const { key, texts } of await promised<AsideRow[]>(rows)) this.texts.set(key, texts);
  }

  /** Forgets all of it. Gives what deletes it from the disk, but for what this tab has not seen. */
  forget(): (writing: IDBTransaction) => void {
    const keys = [...this.texts.keys()];
    this.texts.clear();
    this.unwritten.clear();
    return (writing) => {
      for (const key of keys) writing.objectStore(TABLE).delete(key);
    };
  }

  private get owner(): string {
    return `${this.map} ${this.participant}`;
  }

  private write(writing: IDBTransaction, key: string, texts: readonly AsideText[]): void {
    const row: AsideRow = { key, owner: this.owner, texts };
    if (texts.length > 0) writing.objectStore(TABLE).put(row);
  }
}
