/** The edits that move branches. What is selected inside a selected branch moves along with it. */
import type * as Y from "yjs";
import { placeNodes, type Spot, step, topMost } from "~/map/edit";
import { type MapModel, modelOf } from "~/map/model";
import { type NodeId, ROOT } from "~/map/schema";
import type { Side } from "~/map/sides";
import { sameList } from "~/map/structure";

/**
 * Moves branches under a parent, before one of its children or to its end; they keep their order.
 * Under root they come to a side, or stay on theirs. False, and nothing done, where a branch would
 * come to stand inside itself or nothing would move.
 */
export function move(
  doc: Y.Doc,
  ids: readonly NodeId[],
  parent: NodeId,
  before: NodeId | null,
  side?: Side,
): boolean {
  const model = modelOf(doc);
  const moving = topMost(model, ids);
  const children = model.node(parent)?.children;
  if (moving.length === 0 || !children) return false;
  if (moving.some((id) => model.isWithin(parent, id))) return false;
  const staying = children.filter((id) => !moving.includes(id));
  const target = firstStaying(children, before, moving);
  const at = target === null ? staying.length : staying.indexOf(target);
  const changesSide = parent === ROOT && moving.some((id) => side && model.sideOf(id) !== side);
  if (sameList(staying.toSpliced(at, 0, ...moving), children) && !changesSide) return false;
  step(doc, () => placeNodes(model, moving, { parent, before: target, side }));
  return true;
}

/** Moves main branches to a side of the central topic; others stay. */
export function moveToSide(doc: Y.Doc, ids: readonly NodeId[], side: Side): void {
  const model = modelOf(doc);
  const away = ids.filter((id) => model.node(id)?.parent === ROOT && model.sideOf(id) !== side);
  moveRuns(doc, away, ({ parent, siblings, to }) => ({
    parent,
    before: siblings[to] ?? null,
    side,
  }));
}

/** Moves nodes up among their siblings, past the one that stands before them. */
export function moveUp(doc: Y.Doc, ids: readonly NodeId[]): void {
  moveRuns(doc, ids, (run) => {
    const before = siblingBefore(run);
    return before === undefined ? null : { parent: run.parent, before };
  });
}

/** Moves nodes down among their siblings, past the one that stands after them. */
export function moveDown(doc: Y.Doc, ids: readonly NodeId[]): void {
  moveRuns(doc, ids, ({ parent, siblings, to }) =>
    to >= siblings.length ? null : { parent, before: siblings[to + 1] ?? null },
  );
}

/** Moves nodes one level up: they stand after what was their parent. */
export function promote(doc: Y.Doc, ids: readonly NodeId[]): void {
  const model = modelOf(doc);
  step(doc, () => {
    let clock = model.clock;
    for (const [parent, children] of byParent(model, ids)) {
      const above = model.node(parent)?.parent;
      if (!above) continue;
      const uncles = model.node(above)?.children ?? [];
      const before = uncles[uncles.indexOf(parent) + 1] ?? null;
      clock = placeNodes(model, children, { parent: above, before }, clock);
    }
  });
}

/** Moves nodes one level down: to the end of the sibling that stands before them. */
export function demote(doc: Y.Doc, ids: readonly NodeId[]): void {
  moveRuns(doc, ids, (run) => {
    const parent = siblingBefore(run);
    return parent === undefined ? null : { parent, before: null };
  });
}

/** What nodes would come to stand under one level down. */
export function demoteTargets(doc: Y.Doc, ids: readonly NodeId[]): NodeId[] {
  const parents = runsOf(modelOf(doc), ids).map(siblingBefore);
  return parents.filter((id) => id !== undefined);
}

/** Chosen nodes that stand one after the other: `siblings.slice(from, to)`. */
interface Run {
  readonly parent: NodeId;
  readonly siblings: readonly NodeId[];
  readonly from: number;
  readonly to: number;
}

function moveRuns(doc: Y.Doc, ids: readonly NodeId[], target: (run: Run) => Spot | null): void {
  const model = modelOf(doc);
  step(doc, () => {
    let clock = model.clock;
    for (const run of runsOf(model, ids)) {
      const to = target(run);
      const nodes = run.siblings.slice(run.from, run.to);
      if (to) clock = placeNodes(model, nodes, to, clock);
    }
  });
}

function siblingBefore({ siblings, from }: Run): NodeId | undefined {
  return siblings[from - 1];
}

function runsOf(model: MapModel, ids: readonly NodeId[]): Run[] {
  return [...byParent(model, ids)].flatMap(([parent, chosen]) =>
    runsUnder(model, parent, new Set(chosen)),
  );
}

function runsUnder(model: MapModel, parent: NodeId, chosen: ReadonlySet<NodeId>): Run[] {
  const siblings = model.node(parent)?.children ?? [];
  const runs: Run[] = [];
  for (let from = 0; from < siblings.length; from++) {
    let to = from;
    while (chosen.has(siblings[to] ?? "")) to++;
    if (to === from) continue;
    runs.push({ parent, siblings, from, to });
    from = to;
  }
  return runs;
}

function byParent(model: MapModel, ids: readonly NodeId[]): Map<NodeId, NodeId[]> {
  const groups = new Map<NodeId, NodeId[]>();
  for (const id of topMost(model, ids)) {
    const parent = model.node(id)?.parent ?? ROOT;
    groups.set(parent, [...(groups.get(parent) ?? []), id]);
  }
  return groups;
}

/** `before`, or the next child after it that does not move itself. */
function firstStaying(
  children: readonly NodeId[],
  before: NodeId | null,
  moving: readonly NodeId[],
): NodeId | null {
  const at = before === null ? -1 : children.indexOf(before);
  if (at === -1) return null;
  return children.slice(at).find((id) => !moving.includes(id)) ?? null;
}
