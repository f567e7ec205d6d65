/** The style sheet's promises: two dark blocks that say the same, and text that can be read. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const css = readFileSync(`${import.meta.dirname}/../src/styles/tokens.css`, "utf8");
const LIGHT = block(":root {\n  color-scheme: light;");
const DARK = block(':root[data-theme="dark"] {');
const COLOURS = ["red", "orange", "yellow", "green", "blue", "purple", "plain"];

function block(start: string): Map<string, string> {
  const from = css.indexOf(start);
  expect(from).toBeGreaterThanOrEqual(0);
  const body = css.slice(from + start.length, css.indexOf("}", from));
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((it) => [it[1] ?? "", it[2] ?? ""]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(theme: Map<string, string>, a: string, b: string): number {
  const lights = [a, b].map((name) => {
    const value = theme.get(name);
    expect(value, name).toMatch(/^#[0-9a-f]{6}$/);
    return luminance(value ?? "");
  });
  return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
}

const themes = [
  ["light", LIGHT],
  ["dark", DARK],
] as const;

it("gives the dark theme the same values by system and by choice", () => {
  expect(block(':root:not([data-theme="light"]) {')).toEqual(DARK);
  expect([...DARK.keys()]).toEqual([...LIGHT.keys()]);
});

it.each(themes)("keeps text readable in the %s theme", (_, theme) => {
  for (const ground of ["page", "surface", "raised", "sunken"]) {
    for (const text of ["text", "text-muted", "accent-text", "danger", "ok", "warn"]) {
      expect(contrast(theme, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  for (const tone of ["danger", "ok", "warn"]) {
    expect(contrast(theme, tone, `${tone}-soft`), `${tone} badge`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme, "text", `${tone}-soft`), `${tone} notice`).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(theme, "accent-text", "accent-soft")).toBeGreaterThanOrEqual(4.5);
  for (const fill of ["accent", "accent-hover", "danger", "danger-hover"]) {
    expect(contrast(theme, "text-on-accent", fill), fill).toBeGreaterThanOrEqual(4.5);
  }
});

it.each(themes)(
  "keeps the edges of controls and the focus ring visible in the %s theme",
  (_, theme) => {
    for (const edge of ["border-strong", "focus"]) {
      for (const ground of ["page", "surface", "raised", "sunken"]) {
        expect(contrast(theme, edge, ground), `${edge} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  },
);

it.each(themes)("keeps every branch colour readable in the %s theme", (_, theme) => {
  for (const colour of COLOURS) {
    const name = `branch-${colour}`;
    expect(contrast(theme, `${name}-text`, `${name}-fill`), name).toBeGreaterThanOrEqual(7);
    expect(contrast(theme, `${name}-border`, `${name}-fill`), name).toBeGreaterThanOrEqual(3);
    expect(contrast(theme, `${name}-border`, "page"), name).toBeGreaterThanOrEqual(3);
  }
});
