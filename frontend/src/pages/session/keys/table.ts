/**
 * Every key of the map: which command it gives, and under which heading the help shows it.
 *
 * The one list: the map listens by it, and the help dialog is drawn from it.
 */

/** Everything that a key, a menu or a button can ask of the map. */
export type Command =
  | "addChild"
  | "addAfter"
  | "addBefore"
  | "addParent"
  | "edit"
  | "note"
  | "links"
  | "linkOffer"
  | "makeGap"
  | "relate"
  | "remove"
  | "removeKeeping"
  | "moveUp"
  | "moveDown"
  | "moveLeft"
  | "moveRight"
  | "up"
  | "down"
  | "left"
  | "right"
  | "extendUp"
  | "extendDown"
  | "extendLeft"
  | "extendRight"
  | "firstSibling"
  | "lastSibling"
  | "root"
  | "selectAll"
  | "fold"
  | "foldAll"
  | `level${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
  | "voteUp"
  | "voteDown"
  | "undo"
  | "redo"
  | "find"
  | "zoomIn"
  | "zoomOut"
  | "fit"
  | "help"
  | "leave"
  | "escape";

/** Lines of the help in which several commands stand together. */
export const TOGETHER = {
  walk: ["up", "down", "left", "right"],
  extend: ["extendUp", "extendDown"],
} as const satisfies Record<string, readonly Command[]>;

/** Headings of the help, in order. */
export const GROUPS = ["write", "go", "move", "fold", "view", "vote"] as const;
/** One of {@link GROUPS}. */
export type Group = (typeof GROUPS)[number];

/** One line of the table. */
export interface Binding {
  readonly command: Command;
  /** As written in the help: modifiers, then the key, joined by "+". "Mod" is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[];
  /** Heading in the help; none for keys that another line stands for. */
  readonly group?: Group;
  /** Needs the right to edit. */
  readonly edits?: true;
  /** A letter that is a key only while a vote is on; else it writes. */
  readonly only?: "vote";
}

const level = (n: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9): Binding => ({
  command: `level${n}`,
  keys: [`Alt+${n}`],
});

/** The table. */
export const BINDINGS: readonly Binding[] = [
  { command: "addChild", keys: ["Tab", "Insert"], group: "write", edits: true },
  { command: "addAfter", keys: ["Enter"], group: "write", edits: true },
  { command: "addBefore", keys: ["Shift+Enter"], group: "write", edits: true },
  { command: "addParent", keys: ["Mod+Shift+Enter"], group: "write", edits: true },
  { command: "edit", keys: ["F2"], group: "write", edits: true },
  { command: "note", keys: ["Shift+F2"], group: "write" },
  { command: "links", keys: ["Mod+K"], group: "write" },
  { command: "linkOffer", keys: ["Mod+Enter"], group: "write", edits: true },
  { command: "relate", keys: ["Mod+Shift+L"], group: "write", edits: true },
  { command: "remove", keys: ["Delete", "Backspace"], group: "write", edits: true },
  { command: "removeKeeping", keys: ["Mod+Delete", "Mod+Backspace"], group: "write", edits: true },
  { command: "undo", keys: ["Mod+Z"], group: "write", edits: true },
  { command: "redo", keys: ["Mod+Y", "Mod+Shift+Z"], group: "write", edits: true },
  { command: "voteUp", keys: ["V"], group: "vote", only: "vote" },
  { command: "voteDown", keys: ["Shift+V"], group: "vote", only: "vote" },
  { command: "up", keys: ["ArrowUp"], group: "go" },
  { command: "down", keys: ["ArrowDown"], group: "go" },
  { command: "left", keys: ["ArrowLeft"], group: "go" },
  { command: "right", keys: ["ArrowRight"], group: "go" },
  { command: "firstSibling", keys: ["Home"], group: "go" },
  { command: "lastSibling", keys: ["End"], group: "go" },
  { command: "root", keys: ["Mod+Home"], group: "go" },
  { command: "extendUp", keys: ["Shift+ArrowUp"], group: "go" },
  { command: "extendDown", keys: ["Shift+ArrowDown"], group: "go" },
  { command: "extendLeft", keys: ["Shift+ArrowLeft"] },
  { command: "extendRight", keys: ["Shift+ArrowRight"] },
  { command: "selectAll", keys: ["Mod+A"], group: "go" },
  { command: "find", keys: ["Mod+F"], group: "go" },
  { command: "moveUp", keys: ["Alt+ArrowUp", "Mod+ArrowUp"], group: "move", edits: true },
  { command: "moveDown", keys: ["Alt+ArrowDown", "Mod+ArrowDown"], group: "move", edits: true },
  { command: "moveLeft", keys: ["Alt+ArrowLeft", "Mod+ArrowLeft"], group: "move", edits: true },
  { command: "moveRight", keys: ["Alt+ArrowRight", "Mod+ArrowRight"], group: "move", edits: true },
  { command: "fold", keys: ["Space"], group: "fold" },
  { command: "foldAll", keys: ["Mod+Space"], group: "fold" },
  { command: "level1", keys: ["Alt+1"], group: "fold" },
  level(2),
  level(3),
  level(4),
  level(5),
  level(6),
  level(7),
  level(8),
  level(9),
  { command: "zoomIn", keys: ["Mod++", "Mod+="], group: "view" },
  { command: "zoomOut", keys: ["Mod+-"], group: "view" },
  { command: "fit", keys: ["Mod+0"], group: "view" },
  { command: "help", keys: ["?"], group: "view" },
  { command: "leave", keys: ["F6"], group: "view" },
  { command: "escape", keys: ["Escape"] },
];
