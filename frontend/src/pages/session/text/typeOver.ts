import { flushSync } from "react-dom";

/**
 * Opens a node for the letter that was typed on it, which takes the place of all its text; Escape
 * brings that back. The key is let through: its letter, or the accent it begins, goes into the field.
 */
export function typeOver(open: () => void): void {
  flushSync(open);
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) field.select();
}
