/** What the keys and buttons of the outline do. */

import type { Step } from "~/map/commands";
import * as commands from "~/map/commands";
import { topMost } from "~/map/edit";
import { type NodeId, ROOT } from "~/map/schema";
import type { PageActions } from "~/pages/session/actions/context";
import { moveIn } from "~/pages/session/actions/edits";
import type { Hands } from "~/pages/session/actions/hands";
import { stepTo } from "~/pages/session/actions/undoing";
import { isAnyFolded } from "~/pages/session/folding";
import type { Command } from "~/pages/session/keys/table";
import type { PanelProps } from "~/pages/session/panelProps";
import { foldsToLevel, neighbourOf } from "./rows";
import type { Outline } from "./useOutline";

/** The outline as it is now, and who acts on it. */
export interface OutlineContext extends Pick<PanelProps, "room" | "author" | "canEdit" | "gate"> {
  readonly outline: Outline;
  /** Without it there are no arrows to be drawn, and nothing to be linked to. */
  readonly page?: Omit<PageActions, "gate" | "openSearch" | "openHelp"> | undefined;
}

type Action = (context: OutlineContext) => void;

/** Row by row: down to the next, up to the one before. */
const walk =
  (step: number): Action =>
  ({ outline }) => {
    const at = outline.indexOf.get(outline.active) ?? 0;
    const next = outline.rows[Math.min(Math.max(at + step, 0), outline.rows.length - 1)];
    if (next) outline.select(next.id);
  };

/** Selects one row more, or one less. */
const extend =
  (step: number): Action =>
  ({ outline }) => {
    const next = outline.rows[(outline.indexOf.get(outline.active) ?? 0) + step];
    if (next) outline.extend(next.id);
  };

const toEnd =
  (last: boolean): Action =>
  ({ outline }) =>
    outline.select((last ? outline.rows.at(-1) : outline.rows[0])?.id ?? ROOT);

/** Into the branch: opens it, or goes to its first child. */
const inward: Action = (context) => {
  const { room, outline } = context;
  if (outline.folded.has(outline.active)) setFold(context, outline.active, false);
  else outline.select(room.model.node(outline.active)?.children[0] ?? outline.active);
};

/** Out of the branch: folds it, or goes to its parent. */
const outward: Action = (context) => {
  const { room, outline } = context;
  const row = outline.rows[outline.indexOf.get(outline.active) ?? 0];
  if (row?.expanded && row.level > 1) setFold(context, outline.active, true);
  else outline.select(room.model.node(outline.active)?.parent ?? ROOT);
};

const level =
  (depth: number): Action =>
  ({ room, outline }) => {
    outline.setFolded(foldsToLevel(room.model, depth));
  };

const moveBy =
  (move: (doc: OutlineContext["room"]["doc"], ids: readonly NodeId[]) => void): Action =>
  ({ room, outline }) => {
    move(room.doc, branchesOf(outline));
  };

/** What of the selection can be moved and deleted: the topic cannot. */
function branchesOf({ ids }: Outline): NodeId[] {
  return ids.filter((id) => id !== ROOT);
}

/** Takes back or makes again, and goes to where one was then. */
const stepBy =
  (what: Step): Action =>
  ({ room, gate, outline }) => {
    stepTo(room, gate, what, outline.select);
  };

/** Keys that mean something on the map only, as for zoom, are not here: the browser keeps them. */
const ACTIONS: Partial<Record<Command, Action>> = {
  up: walk(-1),
  down: walk(1),
  left: outward,
  right: inward,
  extendUp: extend(-1),
  extendDown: extend(1),
  selectAll: ({ outline }) => outline.selectAll(),
  escape: ({ outline }) => outline.collapse(),
  firstSibling: toEnd(false),
  lastSibling: toEnd(true),
  root: toEnd(false),
  fold: (context) => toggleFold(context, context.outline.active),
  foldAll: (context) =>
    level(isAnyFolded(context.room.model, context.outline.folded) ? 0 : 1)(context),
  level1: level(1),
  level2: level(2),
  level3: level(3),
  level4: level(4),
  level5: level(5),
  level6: level(6),
  level7: level(7),
  level8: level(8),
  level9: level(9),
  addChild,
  addAfter: (context) => addSibling(context, "after"),
  addBefore: (context) => addSibling(context, "before"),
  addParent: ({ room, author, outline }) =>
    outline.edit(commands.addParent(room.doc, author, outline.active), true),
  edit: ({ outline }) => outline.edit(outline.active),
  note: ({ page }) => page?.openPanel("note"),
  links: ({ page, outline }) => page?.link(outline.active),
  linkOffer: ({ page, outline }) => page?.linkOffer(outline.active),
  makeGap: ({ page, outline }) => page?.makeGap(outline.active),
  relate: ({ page, outline }) => page?.relate(outline.active),
  remove: (context) => remove(context, false),
  removeKeeping: (context) => remove(context, true),
  moveUp: moveBy(commands.moveUp),
  moveDown: moveBy(commands.moveDown),
  moveLeft: moveBy(commands.promote),
  moveRight: moveInto,
  voteUp: ({ gate, outline }) => gate.vote(outline.active, 1),
  voteDown: ({ gate, outline }) => gate.vote(outline.active, -1),
  undo: stepBy("undo"),
  redo: stepBy("redo"),
  leave: ({ page }) => page?.leave(),
};

/** The outline as menus, bars and the clipboard work on it, as of now. */
export function handsOf(context: OutlineContext): Hands {
  const { room, author, canEdit, gate, outline } = context;
  const { active, ids } = outline;
  return {
    ...{ doc: room.doc, model: room.model, author, canEdit, gate, ids, active },
    run: (command) => run(command, context),
    isFolded: (id) => outline.folded.has(id),
    show: (_, [first]) => {
      if (first !== undefined) outline.select(first);
    },
  };
}

/** Whether the outline has a use for a command. */
export function knows(command: Command): boolean {
  return ACTIONS[command] !== undefined;
}

/** Carries out a command. */
export function run(command: Command, context: OutlineContext): void {
  if (context.gate.withheld(command, { ids: context.outline.ids })) return;
  ACTIONS[command]?.(context);
}

/** Folds or opens a branch. */
export function toggleFold(context: OutlineContext, id: NodeId): void {
  setFold(context, id, !context.outline.folded.has(id));
}

function setFold({ room, outline }: OutlineContext, id: NodeId, fold: boolean): void {
  if ((room.model.node(id)?.children.length ?? 0) === 0) return;
  const folded = new Set(outline.folded);
  if (fold) folded.add(id);
  else folded.delete(id);
  outline.setFolded(folded);
  if (fold && outline.active !== id && room.model.isWithin(outline.active, id)) outline.select(id);
}

function addChild(context: OutlineContext): void {
  const { room, author, outline } = context;
  setFold(context, outline.active, false);
  outline.edit(commands.addChild(room.doc, author, outline.active), true);
}

function addSibling({ room, author, outline }: OutlineContext, where: "before" | "after"): void {
  outline.edit(commands.addSibling(room.doc, author, outline.active, where), true);
}

function remove({ room, author, outline, page }: OutlineContext, keepChildren: boolean): void {
  const { model } = room;
  const ids = keepChildren ? branchesOf(outline) : topMost(model, outline.ids);
  const [first] = ids;
  if (first === undefined) return;
  const size = keepChildren ? ids.length : ids.flatMap((id) => [...model.walk(id)]).length;
  const heir = keepChildren ? model.node(first)?.children[0] : undefined;
  const next = heir && !ids.includes(heir) ? heir : neighbourOf(model, first, ids);
  if (keepChildren) commands.removeKeepingChildren(room.doc, author, ids);
  else commands.remove(room.doc, author, ids);
  outline.select(model.node(next) ? next : ROOT);
  page?.removed(ids, size);
}

/** One level down, under the sibling before; which opens, so that the node stays in sight. */
function moveInto(context: OutlineContext): void {
  const { room, gate, outline } = context;
  moveIn({ doc: room.doc, gate, ids: branchesOf(outline) });
  const parent = room.model.node(outline.active)?.parent;
  if (parent) setFold(context, parent, false);
}
