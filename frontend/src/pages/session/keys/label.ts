/**
 * How a key of the table is written on the screen.
 */

import { i18n } from "~/messages/i18n";
import { IS_MAC } from "~/pages/session/keys/match";

/** What all keyboards write alike. */
const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Backspace: "⌫",
  "-": "−",
};

/** What each language's keyboards write in their own words. */
const WORDS = ["Shift", "Enter", "Delete", "Insert", "Escape", "Space", "Home", "End"] as const;

const MAC: Readonly<Record<string, string>> = { Mod: "⌘", Alt: "⌥", Shift: "⇧" };

/** The parts of a combination, each for a keycap of its own. */
export function keyParts(keys: string): string[] {
  const parts = keys === "?" ? ["?"] : keys.replace(/\+\+$/, "+plus").split("+");
  return parts.map((part) => {
    if (part === "plus") return "+";
    if (IS_MAC && MAC[part]) return MAC[part];
    const word = WORDS.find((it) => it === part);
    if (word) return i18n.t(`map.key.${word}`);
    return part === "Mod" ? "Ctrl" : (SIGNS[part] ?? part);
  });
}

/** A combination in one word, for tooltips. */
export function keyLabel(keys: string): string {
  return keyParts(keys).join(IS_MAC ? "" : "+");
}
