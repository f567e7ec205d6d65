/**
 * The style sheet's colours for the canvas, which cannot read custom properties by itself.
 */

import { COLOURS, type Colour } from "~/map/schema";

/** What one branch colour looks like on the canvas. */
export interface Ink {
  readonly line: string;
  readonly fill: string;
  readonly text: string;
}

/** The colours the canvas draws with. */
export interface Palette {
  readonly plain: Ink;
  readonly branches: Readonly<Record<Colour, Ink>>;
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly root: string;
  readonly rootText: string;
  readonly family: string;
}

/** Reads the palette that is in force on an element. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const read = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  const ink = (colour: string): Ink => ({
    line: read(`--map-${colour}-line`, read(`--branch-${colour}-border`, "#888")),
    fill: read(`--branch-${colour}-fill`, "#eee"),
    text: read(`--branch-${colour}-text`, "#222"),
  });
  const branches = Object.fromEntries(COLOURS.map((colour) => [colour, ink(colour)]));
  return {
    plain: ink("plain"),
    branches: branches as Record<Colour, Ink>,
    page: read("--page", "#fff"),
    text: read("--text", "#222"),
    muted: read("--text-muted", "#666"),
    accent: read("--accent", "#067"),
    root: read("--map-root", "#1f2d33"),
    rootText: read("--map-root-text", "#fff"),
    family: style.fontFamily || "sans-serif",
  };
}

/** Calls back when the look of the page changes: theme switch, system theme, contrast. */
export function watchTheme(changed: () => void): () => void {
  const queries = [
    "(prefers-color-scheme: dark)",
    "(forced-colors: active)",
    "(prefers-contrast: more)",
  ]
    .map((query) => window.matchMedia?.(query))
    .filter((query) => query !== undefined);
  for (const query of queries) {
    query.addEventListener("change", changed);
  }
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "class", "style"],
  });
  return () => {
    observer.disconnect();
    for (const query of queries) {
      query.removeEventListener("change", changed);
    }
  };
}
