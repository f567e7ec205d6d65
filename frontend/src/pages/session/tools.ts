/**
 * What can be done to an idea, each with its picture, words and key: the one list that the bars for
 * fingers and the menus are drawn from.
 */
import {
  ChevronsDownUp,
  ChevronsUpDown,
  CircleDashed,
  ClipboardPaste,
  Copy,
  CornerDownRight,
  CornerLeftUp,
  Ellipsis,
  Link2,
  ListX,
  type LucideIcon,
  Minus,
  Move,
  NotepadText,
  Pencil,
  Plus,
  Redo2,
  Scissors,
  Trash2,
  Undo2,
  Waypoints,
} from "lucide-react";
import { keyLabel } from "~/pages/session/keys/label";
import { BINDINGS } from "~/pages/session/keys/table";

/** What stands on nodes that have a note, too. */
export const NOTE_ICON = NotepadText;

const MENU = {
  edit: { icon: Pencil, words: "map.menu.edit" },
  addChild: { icon: CornerDownRight, words: "map.menu.addChild" },
  addAfter: { icon: Plus, words: "map.menu.addAfter" },
  addParent: { icon: CornerLeftUp, words: "map.menu.addParent" },
  links: { icon: Link2, words: "link.open" },
  makeGap: { icon: CircleDashed, words: "link.makeGap" },
  relate: { icon: Waypoints, words: "map.menu.relate" },
  note: { icon: NOTE_ICON, words: "map.menu.note" },
  fold: { icon: ChevronsDownUp, words: "map.menu.fold" },
  unfold: { icon: ChevronsUpDown, words: "map.menu.unfold" },
  move: { icon: Move, words: "map.menu.move" },
  copy: { icon: Copy, words: "map.menu.copy" },
  cut: { icon: Scissors, words: "map.menu.cut" },
  paste: { icon: ClipboardPaste, words: "map.menu.paste" },
  remove: { icon: Trash2, words: "map.menu.remove" },
  removeKeeping: { icon: ListX, words: "map.menu.removeKeeping" },
} as const;

/** What menus offer. */
export const MENU_TOOLS: Readonly<Record<MenuTool, { icon: LucideIcon; words: Words }>> = MENU;
/** One of {@link MENU_TOOLS}. */
export type MenuTool = keyof typeof MENU;
type Words = (typeof MENU)[MenuTool]["words"];

/** What bars offer, where words must be short. */
export const BAR_TOOLS = {
  addChild: { icon: MENU.addChild.icon, words: "map.touch.child" },
  addAfter: { icon: MENU.addAfter.icon, words: "map.touch.sibling" },
  edit: { icon: MENU.edit.icon, words: "map.touch.edit" },
  links: { icon: MENU.links.icon, words: "map.touch.link" },
  move: { icon: MENU.move.icon, words: "map.touch.move" },
  remove: { icon: MENU.remove.icon, words: "map.touch.remove" },
  undo: { icon: Undo2, words: "map.touch.undo" },
  redo: { icon: Redo2, words: "map.touch.redo" },
  more: { icon: Ellipsis, words: "map.touch.more" },
  voteUp: { icon: Plus, words: "run.vote.give" },
  voteDown: { icon: Minus, words: "run.vote.take" },
} as const;
/** One of {@link BAR_TOOLS}. */
export type BarTool = keyof typeof BAR_TOOLS;

/** Keys that the browser gives a meaning, and those of commands with another name. */
const KEYS: Partial<Record<MenuTool, string>> = { copy: "Mod+C", cut: "Mod+X", paste: "Mod+V" };

/** The key of a tool as it is written on the screen; undefined where it has none. */
export function keyOf(tool: MenuTool): string | undefined {
  const command = tool === "unfold" ? "fold" : tool;
  const keys = KEYS[tool] ?? BINDINGS.find((binding) => binding.command === command)?.keys[0];
  return keys === undefined ? undefined : keyLabel(keys);
}
