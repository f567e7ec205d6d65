/** Light or dark: what the person chose on this device, or what their system says. */
const KEY = "gapmap.theme";

/** `system` follows the system, also when it changes. */
export type Theme = "system" | "light" | "dark";

const listeners = new Set<() => void>();

/** The choice kept on this device. */
export function chosenTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    // A browser that keeps nothing (private mode, a locked-down desktop) follows the system.
    return "system";
  }
}

/** Puts the choice on the page; the style sheet does the rest. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
}

/** Keeps the choice and applies it. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It then holds until the page is closed.
  }
  applyTheme(theme);
  for (const listener of listeners) listener();
}

/** Calls `listener` after each choice; the answer stops that. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
