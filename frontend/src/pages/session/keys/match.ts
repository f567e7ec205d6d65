/**
 * From a pressed key to a command of the table.
 */

import { BINDINGS, type Binding } from "~/pages/session/keys/table";

/** What matters of a keyboard event. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** Whether Cmd stands for Ctrl. */
export const IS_MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const BY_KEY = new Map<string, Binding>(
  BINDINGS.flatMap((binding) => binding.keys.map((keys) => [keys.toLowerCase(), binding] as const)),
);

/**
 * The line of the table for a key press; undefined while an input method composes, and for the
 * letters that mean something in a vote only while there is none.
 */
export function bindingFor(press: KeyPress, voting = false): Binding | undefined {
  if (isComposing(press) || isAltGr(press)) {
    return undefined;
  }
  const binding = BY_KEY.get(nameOf(press).toLowerCase());
  return binding?.only === "vote" && !voting ? undefined : binding;
}

/** Whether a key press writes a letter: what starts editing. Dead keys begin one. */
export function isTyping(press: KeyPress): boolean {
  return writes(press) && press.key !== " ";
}

/** Whether a key press was meant for words, or for what changes the map. */
export function isMeantForWords(press: KeyPress, binding: Binding | undefined): boolean {
  return binding?.edits === true || writes(press);
}

function writes(press: KeyPress): boolean {
  if (press.key === "Dead" || press.key === "Process" || press.keyCode === 229) {
    return true;
  }
  const plain = !(press.ctrlKey || press.metaKey || press.altKey) || isAltGr(press);
  return plain && [...press.key].length === 1;
}

/**
 * The letter of a key as keys are named: on a keyboard of another script, Greek or Cyrillic, the Latin one in
 * its place. That is what its owners press for Ctrl+Z.
 */
export function letterOf({ key, code }: Pick<KeyPress, "key" | "code">): string {
  const isOther = key.length === 1 && /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key);
  return (isOther && /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()) || key;
}

function isComposing(press: KeyPress): boolean {
  return press.isComposing || press.keyCode === 229;
}

/** AltGr reports itself as Ctrl+Alt, and then the key is a letter of its own. */
function isAltGr(press: KeyPress): boolean {
  return press.ctrlKey && press.altKey;
}

function nameOf(press: KeyPress): string {
  const parts: string[] = [];
  if (IS_MAC ? press.metaKey || press.ctrlKey : press.ctrlKey) {
    parts.push("Mod");
  }
  if (press.altKey) {
    parts.push("Alt");
  }
  const key = keyName(press);
  // A sign that needs Shift on one keyboard and not on another is told by the sign alone.
  const letterOrName = key.length > 1 || /^[a-z]$/i.test(key);
  if (press.shiftKey && letterOrName) {
    parts.push("Shift");
  }
  return [...parts, key].join("+");
}

function keyName(press: KeyPress): string {
  // Alt+1 types another letter on a Mac; the row of digits is told by its place.
  const digit = press.altKey ? /^Digit([1-9])$/.exec(press.code)?.[1] : undefined;
  return digit ?? (press.key === " " ? "Space" : letterOf(press));
}
