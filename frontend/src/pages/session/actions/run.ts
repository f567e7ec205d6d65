/**
 * Carries out the commands of the key table.
 */

import { type NodeId, ROOT } from "~/map/schema";
import { type Direction, edgeSibling, neighbour } from "~/map/spatial";
import type { ActionContext } from "~/pages/session/actions/context";
import * as edits from "~/pages/session/actions/edits";
import { isAnyFolded } from "~/pages/session/folding";
import type { Command } from "~/pages/session/keys/table";

type Action = (ctx: ActionContext) => void;

const ZOOM_STEP = 1.25;

const walk =
  (way: Direction): Action =>
  ({ view }) => {
    const next = view.selection.active && neighbour(view.scene.layout, view.selection.active, way);
    view.select(next || view.selection.active || ROOT);
  };

/** Right on a folded branch opens it rather than leading nowhere. */
const sideways =
  (way: "left" | "right"): Action =>
  (ctx) => {
    const { view } = ctx;
    const id = view.selection.active;
    const slot = id === null ? undefined : view.scene.layout.slots.find(id);
    const outward = way === "right" ? 1 : -1;
    const isOutward = slot !== undefined && view.scene.layout.sideOf(slot) === outward;
    if (id !== null && isOutward && view.scene.folded.has(id)) {
      view.fold(id, false);
    } else {
      walk(way)(ctx);
    }
  };

const extend =
  (way: Direction): Action =>
  ({ view }) => {
    const { active } = view.selection;
    const next = active && neighbour(view.scene.layout, active, way);
    if (next) {
      view.selection.extend(next);
      view.reveal(next);
    }
  };

const sibling =
  (last: boolean): Action =>
  (ctx) => {
    const id = edgeSibling(ctx.view.scene.layout, edits.activeNode(ctx), last);
    ctx.view.select(id ?? ROOT);
  };

const level =
  (depth: number): Action =>
  ({ view }) =>
    view.foldToLevel(depth);

const ACTIONS: Record<Command, Action> = {
  addChild: edits.addChild,
  addAfter: (ctx) => edits.addSibling(ctx, "after"),
  addBefore: (ctx) => edits.addSibling(ctx, "before"),
  addParent: edits.addParent,
  edit: (ctx) => ctx.view.edit(edits.activeNode(ctx)),
  note: ({ page }) => page.openPanel("note"),
  links: (ctx) => ctx.page.link(edits.activeNode(ctx)),
  linkOffer: (ctx) => ctx.page.linkOffer(edits.activeNode(ctx)),
  makeGap: (ctx) => ctx.page.makeGap(edits.activeNode(ctx)),
  relate: (ctx) => ctx.page.relate(edits.activeNode(ctx)),
  remove: (ctx) => edits.remove(ctx),
  removeKeeping: (ctx) => edits.remove(ctx, true),
  moveUp: (ctx) => edits.moveVertically(ctx, -1),
  moveDown: (ctx) => edits.moveVertically(ctx, 1),
  moveLeft: (ctx) => edits.moveSideways(ctx, -1),
  moveRight: (ctx) => edits.moveSideways(ctx, 1),
  up: walk("up"),
  down: walk("down"),
  left: sideways("left"),
  right: sideways("right"),
  extendUp: extend("up"),
  extendDown: extend("down"),
  extendLeft: extend("left"),
  extendRight: extend("right"),
  firstSibling: sibling(false),
  lastSibling: sibling(true),
  root: ({ view }) => view.select(ROOT),
  selectAll: ({ view, model }) => view.selection.all(shown(model.walk(), view)),
  fold: (ctx) => toggleFold(ctx),
  foldAll: ({ view, model }) =>
    view.foldToLevel(isAnyFolded(model, view.scene.folded) ? Number.POSITIVE_INFINITY : 1),
  level1: level(1),
  level2: level(2),
  level3: level(3),
  level4: level(4),
  level5: level(5),
  level6: level(6),
  level7: level(7),
  level8: level(8),
  level9: level(9),
  voteUp: (ctx) => ctx.page.gate.vote(edits.activeNode(ctx), 1),
  voteDown: (ctx) => ctx.page.gate.vote(edits.activeNode(ctx), -1),
  undo: (ctx) => edits.undoRedo(ctx, "undo"),
  redo: (ctx) => edits.undoRedo(ctx, "redo"),
  find: ({ page }) => page.openSearch(),
  zoomIn: ({ view }) => view.zoomBy(ZOOM_STEP),
  zoomOut: ({ view }) => view.zoomBy(1 / ZOOM_STEP),
  fit: ({ view }) => view.fit(),
  help: ({ page }) => page.openHelp(),
  leave: ({ page }) => page.leave(),
  escape: ({ view, page }) => {
    if (view.getState().moving) {
      view.setMoving(null);
    } else if (!page.pick(null)) {
      view.selection.only(view.selection.active);
    }
  },
};

/** Carries a command out. */
export function run(command: Command, ctx: ActionContext): void {
  if (ctx.page.gate.withheld(command, { ids: edits.selectedNodes(ctx) })) return;
  ACTIONS[command](ctx);
}

function toggleFold({ view }: ActionContext): void {
  const ids = view.selection.list();
  const folded = !ids.some((id) => view.scene.folded.has(id));
  for (const id of ids) {
    view.fold(id, folded);
  }
}

function shown(nodes: Iterable<{ readonly id: NodeId }>, view: ActionContext["view"]): NodeId[] {
  const ids: NodeId[] = [];
  for (const { id } of nodes) {
    if (view.scene.layout.slots.find(id) !== undefined) {
      ids.push(id);
    }
  }
  return ids;
}
