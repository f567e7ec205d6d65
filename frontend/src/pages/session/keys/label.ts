/**
 * How a key of the table is written on the screen.
 */

import { IS_MAC } from "~/pages/session/keys/match";

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Insert: "Ins",
  Escape: "Esc",
  Backspace: "⌫",
  "-": "−",
};

const MAC: Readonly<Record<string, string>> = { Mod: "⌘", Alt: "⌥", Shift: "⇧" };

/** The parts of a combination, each for a keycap of its own. */
export function keyParts(keys: string): string[] {
  const parts = keys === "?" ? ["?"] : keys.replace(/\+\+$/, "+plus").split("+");
  return parts.map((part) => {
    if (part === "plus") return "+";
    if (IS_MAC && MAC[part]) return MAC[part];
    return part === "Mod" ? "Ctrl" : (NAMES[part] ?? part);
  });
}

/** A combination in one word, for tooltips. */
export function keyLabel(keys: string): string {
  return keyParts(keys).join(IS_MAC ? "" : "+");
}
