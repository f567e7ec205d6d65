/**
 * A map's log played again: the document as it was after each update.
 *
 * Stepping forwards applies updates; going back begins at the nearest state kept on the way. What is
 * drawn is a document of its own that is only written to where it differs: so the map on the screen
 * stays the same one, and moves instead of being built anew.
 */
import * as Y from "yjs";
import { MapModel } from "~/map/model";
import { metaOf, type NodeId, nodesOf, relationsOf } from "~/map/schema";

/** One update of a map's log. */
export interface ReplayUpdate {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Participant id; null for the server, and where names are not shown. */
  readonly by: string | null;
  readonly update: Uint8Array;
}

/** Where the map stood after one update. */
export interface ReplayStep {
  readonly seq: number;
  readonly at: number;
  readonly by: string | null;
  /** How many nodes were shown. */
  readonly size: number;
}

interface Kept {
  readonly step: number;
  readonly state: Uint8Array;
}

/** States kept on the way, at most: going back costs no more than one of so many parts of the log. */
const KEPT = 40;
/** Fewer updates than this are not worth a state. */
const LEAST = 100;
/** Work for so long before others may have their turn. */
const TURN_MS = 12;

/** A log that is played again. */
export class Replay {
  readonly steps: readonly ReplayStep[];
  /** Who made each node that was ever there. */
  readonly makers: ReadonlyMap<NodeId, string | null>;
  /** What is drawn: the map as it was at `step`. */
  readonly shown = new Y.Doc();
  private doc = new Y.Doc();
  private at = -1;
  /** Nodes that changed since they were last drawn; null for all. */
  private touched: Set<NodeId> | null = null;

  private constructor(
    private readonly updates: readonly ReplayUpdate[],
    private readonly kept: readonly Kept[],
    found: { steps: ReplayStep[]; makers: Map<NodeId, string | null> },
  ) {
    this.steps = found.steps;
    this.makers = found.makers;
    this.goTo(this.steps.length - 1);
  }

  /** Goes through a log once, from its beginning. Null where `stopped` says so on the way. */
  static async of(
    updates: readonly ReplayUpdate[],
    stopped: () => boolean = () => false,
  ): Promise<Replay | null> {
    const doc = new Y.Doc();
    const model = new MapModel(doc);
    const steps: ReplayStep[] = [];
    const makers = new Map<NodeId, string | null>();
    const kept: Kept[] = [];
    const every = Math.max(LEAST, Math.ceil(updates.length / KEPT));
    let by: string | null = null;
    model.subscribe(({ nodes }) => {
      for (const id of nodes) if (!makers.has(id) && model.node(id)) makers.set(id, by);
    });
    let turn = performance.now();
    for (const [step, it] of updates.entries()) {
      by = it.by;
      Y.applyUpdate(doc, it.update);
      steps.push({ seq: it.seq, at: it.at, by, size: model.size });
      if ((step + 1) % every === 0) kept.push({ step, state: Y.encodeStateAsUpdate(doc) });
      if (performance.now() - turn > TURN_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        if (stopped()) return null;
        turn = performance.now();
      }
    }
    model.destroy();
    return new Replay(updates, kept, { steps, makers });
  }

  /** The step that is shown. */
  get step(): number {
    return this.at;
  }

  /** The last step whose update is not after a place of the log; -1 where all are. */
  stepOf(seq: number): number {
    return this.steps.findLastIndex((it) => it.seq <= seq);
  }

  /** Shows the map as it was after a step. */
  goTo(step: number): void {
    const target = Math.max(0, Math.min(step, this.steps.length - 1));
    if (target === this.at) return;
    const nearest = this.kept.findLast((it) => it.step <= target);
    if (target < this.at || (nearest && nearest.step > this.at)) this.beginAt(nearest);
    const { doc } = this;
    const stop = this.noteTouched();
    doc.transact(() => {
      for (const it of this.updates.slice(this.at + 1, target + 1)) {
        Y.applyUpdate(doc, it.update);
      }
    });
    stop();
    this.at = target;
    this.draw();
  }

  private beginAt(kept: Kept | undefined): void {
    this.doc = new Y.Doc();
    this.at = kept?.step ?? -1;
    this.touched = null;
    if (kept) Y.applyUpdate(this.doc, kept.state);
  }

  private noteTouched(): () => void {
    const nodes = nodesOf(this.doc);
    const { touched } = this;
    if (!touched) return () => undefined;
    const note = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) {
        if (event.path.length > 0) touched.add(String(event.path[0]));
        else for (const id of event.keys.keys()) touched.add(id);
      }
    };
    nodes.observeDeep(note);
    return () => nodes.unobserveDeep(note);
  }

  /** Writes into what is drawn where it differs from what was. */
  private draw(): void {
    const { doc, shown, touched } = this;
    shown.transact(() => {
      const from: Y.Map<unknown> = doc.getMap("nodes");
      const to: Y.Map<unknown> = shown.getMap("nodes");
      const ids = touched ?? new Set([...from.keys(), ...to.keys()]);
      for (const id of ids) copyEntry(from, to, id);
      for (const part of [metaOf, relationsOf]) {
        const [before, after] = [part(doc), part(shown)];
        for (const key of new Set([...before.keys(), ...after.keys()])) {
          copyEntry(before, after, key);
        }
      }
    });
    this.touched = new Set();
  }
}

/** Makes one entry of a map the same as that of another document's. */
function copyEntry(from: Y.Map<unknown>, to: Y.Map<unknown>, key: string): void {
  const [wanted, there] = [from.get(key), to.get(key)];
  if (wanted === undefined) {
    if (there !== undefined) to.delete(key);
  } else if (wanted instanceof Y.Map && there instanceof Y.Map) {
    for (const inner of new Set([...wanted.keys(), ...there.keys()])) {
      copyEntry(wanted, there, inner);
    }
  } else if (wanted instanceof Y.Text && there instanceof Y.Text) {
    const words = wanted.toString();
    if (there.toString() === words) return;
    there.delete(0, there.length);
    there.insert(0, words);
  } else if (wanted instanceof Y.Map || wanted instanceof Y.Text) {
    to.set(key, wanted.clone());
  } else if (JSON.stringify(wanted) !== JSON.stringify(there)) {
    to.set(key, wanted);
  }
}
