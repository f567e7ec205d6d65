/**
 * The commands that change the document, as the map's keys, menus and buttons give them.
 */

import type { Step } from "~/map/commands";
import * as commands from "~/map/commands";
import { type Colour, type Kind, type NodeId, ROOT } from "~/map/schema";
import { at } from "~/map/slots";
import { siblingsOf } from "~/map/spatial";
import { goStep } from "~/pages/session/actions/back";
import type { ActionContext } from "~/pages/session/actions/context";
import type { Hands } from "~/pages/session/actions/hands";
import { nextStanding } from "~/pages/session/actions/undoing";
import type { DropTarget } from "~/pages/session/render/dropTarget";

/** The node that keys go to: the active one, else the central topic. */
export function activeNode({ view }: ActionContext): NodeId {
  return view.selection.active ?? ROOT;
}

/** The selected nodes, or the central topic where nothing is selected. */
export function selectedNodes({ view }: ActionContext): NodeId[] {
  const ids = view.selection.list();
  return ids.length > 0 ? ids : [ROOT];
}

/** Adds a child to the active node and starts writing in it. */
export function addChild(ctx: ActionContext): void {
  const parent = activeNode(ctx);
  ctx.view.scene.fold(parent, false);
  ctx.view.edit(commands.addChild(ctx.doc, ctx.author, parent), true);
}

/** Adds a sibling to a node and starts writing in it. */
export function addSibling(ctx: ActionContext, where: "before" | "after"): void {
  ctx.view.edit(commands.addSibling(ctx.doc, ctx.author, activeNode(ctx), where), true);
}

/** Puts a new node above the active one and starts writing in it. */
export function addParent(ctx: ActionContext): void {
  ctx.view.edit(commands.addParent(ctx.doc, ctx.author, activeNode(ctx)), true);
}

/** Deletes the selected branches; the selection moves to what is next to them. */
export function remove(ctx: ActionContext, keepChildren = false): void {
  const { model, view } = ctx;
  const ids = view.selection.list().filter((id) => id !== ROOT && model.node(id));
  const [first] = ids;
  if (first === undefined) {
    return;
  }
  const next = keepChildren ? (model.node(first)?.children[0] ?? null) : null;
  const heir = next ?? heirOf(ctx, first, new Set(ids));
  const nodes = ids.reduce((sum, id) => sum + view.scene.hiddenBelow(id) + 1, 0);
  view.hold(model.node(first)?.parent ?? null);
  if (keepChildren) {
    commands.removeKeepingChildren(ctx.doc, ctx.author, ids);
  } else {
    commands.remove(ctx.doc, ctx.author, ids);
  }
  view.select(heir);
  ctx.page.removed(ids, keepChildren ? ids.length : nodes);
}

/** The sibling after a node, or before it, or its parent: where the selection goes from it. */
function heirOf({ model, view }: ActionContext, id: NodeId, going: ReadonlySet<NodeId>): NodeId {
  const { layout } = view.scene;
  const slot = layout.slots.find(id);
  const stack = slot === undefined ? [] : Array.from(siblingsOf(layout, slot));
  const siblings = stack.map((sibling) => layout.slots.id(sibling));
  const index = siblings.indexOf(id);
  const after = siblings.slice(index + 1).find((sibling) => !going.has(sibling));
  const before = siblings.slice(0, index).findLast((sibling) => !going.has(sibling));
  let heir = after ?? before ?? model.node(id)?.parent ?? ROOT;
  while (going.has(heir)) {
    heir = model.node(heir)?.parent ?? ROOT;
  }
  return heir;
}

/** Moves the selected nodes past the one above or below them, as the eye sees it. */
export function moveVertically(ctx: ActionContext, way: 1 | -1): void {
  const ids = movable(ctx);
  const parents = new Set(ids.map((id) => ctx.model.node(id)?.parent));
  if (parents.size === 1 && parents.has(ROOT)) {
    moveBranch(ctx, ids, way);
  } else if (way < 0) {
    commands.moveUp(ctx.doc, ids);
  } else {
    commands.moveDown(ctx.doc, ids);
  }
  revealActive(ctx);
}

/** Main branches stand on two sides, so what is next in order need not be next to the eye. */
function moveBranch({ doc, model, view }: ActionContext, ids: NodeId[], way: 1 | -1): void {
  const { layout } = view.scene;
  const slots = ids.map((id) => layout.slots.find(id) ?? -1).filter((slot) => slot >= 0);
  const [first] = slots;
  if (first === undefined) {
    return;
  }
  const stack = Array.from(siblingsOf(layout, first));
  const places = slots.map((slot) => stack.indexOf(slot)).filter((place) => place >= 0);
  const past = stack[way < 0 ? Math.min(...places) - 1 : Math.max(...places) + 1];
  if (past === undefined) {
    return;
  }
  const order = model.node(ROOT)?.children ?? [];
  const pastId = layout.slots.id(past);
  const before = way < 0 ? pastId : (order[order.indexOf(pastId) + 1] ?? null);
  commands.move(doc, ids, ROOT, before);
}

/**
 * Moves the selected nodes one level in or out, as an arrow to the left or right means there; main
 * branches, which are as far out of others as can be, to the other side.
 */
export function moveSideways(ctx: ActionContext, arrow: 1 | -1): void {
  const ids = movable(ctx);
  const { layout } = ctx.view.scene;
  const slot = layout.slots.find(activeNode(ctx));
  if (slot === undefined || at(layout.slots.level, slot) === 0) {
    return;
  }
  ctx.view.hold(ctx.model.node(activeNode(ctx))?.parent ?? null);
  if (layout.sideOf(slot) === arrow) {
    moveIn({ doc: ctx.doc, gate: ctx.page.gate, ids });
  } else if (at(layout.slots.level, slot) === 1) {
    commands.moveToSide(ctx.doc, ids, arrow);
  } else {
    commands.promote(ctx.doc, ids);
  }
  revealActive(ctx);
}

/** Moves nodes one level in, under the sibling before them. */
export function moveIn({ doc, gate, ids }: Pick<Hands, "doc" | "gate" | "ids">): void {
  if (gate.withheld("move", { ids, to: commands.demoteTargets(doc, ids) })) return;
  commands.demote(doc, ids);
}

/** Lands dragged nodes. */
export function drop(ctx: ActionContext, ids: readonly NodeId[], target: DropTarget): void {
  if (ctx.page.gate.withheld("move", { ids, to: [target.parent] })) return;
  ctx.view.scene.fold(target.parent, false);
  // The eye is where the pointer is, and not where the nodes were.
  ctx.view.hold(target.parent);
  commands.move(ctx.doc, ids, target.parent, target.before, target.side);
}

/** Hangs nodes under a parent, at its end: the tap after "move". */
export function moveUnder(ctx: ActionContext, ids: readonly NodeId[], parent: NodeId): void {
  if (ctx.page.gate.withheld("move", { ids, to: [parent] })) return;
  ctx.view.scene.fold(parent, false);
  ctx.view.hold(parent);
  commands.move(ctx.doc, ids, parent, null);
  revealActive(ctx);
}

/** Sets the kind of all selected nodes. */
export function setKind({ doc, gate, ids }: Hands, kind: Kind | null): void {
  if (!gate.withheld("edit", { ids })) commands.setKind(doc, ids, kind);
}

/** Sets the colour of all selected nodes. */
export function setColour({ doc, gate, ids }: Hands, colour: Colour | null): void {
  if (!gate.withheld("edit", { ids })) commands.setColour(doc, ids, colour);
}

/** Takes back one's last change, or makes it again, and shows where one stood then. */
export function undoRedo({ model, undo, view, page }: ActionContext, what: Step): void {
  const stood = nextStanding(undo, what);
  view.hold(stood?.held ?? null);
  const changed = new Set<NodeId>();
  const stop = model.subscribe((change) => {
    for (const id of change.nodes) {
      changed.add(id);
    }
  });
  const isDone = goStep(undo, page.gate, what);
  stop();
  if (!isDone) {
    view.hold(null);
    return;
  }
  const { layout } = view.scene;
  const ids = [...changed].filter((id) => model.node(id));
  const isNew = (id: NodeId): boolean => layout.slots.find(id) === undefined;
  // What came back is meant by its top; else what changed itself and not for its children's sake.
  const place =
    [stood?.active].find((id) => id && model.node(id)) ??
    ids.find((id) => isNew(id) && !isNew(model.node(id)?.parent ?? ROOT)) ??
    ids.find((id) => !(model.node(id)?.children ?? []).some((kid) => changed.has(kid)));
  if (place) {
    view.select(place);
  }
}

function movable(ctx: ActionContext): NodeId[] {
  return ctx.view.selection.list().filter((id) => id !== ROOT);
}

function revealActive({ view }: ActionContext): void {
  if (view.selection.active !== null) {
    view.reveal(view.selection.active);
  }
}
