/** The shape of the code: which folder may use which, how long a file may be, where texts live. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../src");
/** From the ground up: a folder uses itself and those before it. */
const FLOORS = ["map", "sync", "api", "hooks", "components", "pages", "app"];
const MAX_LINES = 400;

const files = readdirSync(SRC, { recursive: true })
  .map(String)
  .filter((name) => /\.(ts|tsx|css)$/.test(name) && statSync(join(SRC, name)).isFile())
  .map((name) => ({ name, text: readFileSync(join(SRC, name), "utf8") }));

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((it) => it[1] ?? "");
}

it("lets a folder import only from the floors below it", () => {
  const upward = files.flatMap(({ name, text }) => {
    const own = FLOORS.indexOf(name.split("/")[0] ?? "");
    if (own < 0) return [];
    return importsOf(text)
      .filter((path) => path.startsWith("~/") && FLOORS.indexOf(path.split("/")[1] ?? "") > own)
      .map((path) => `${name} uses ${path}`);
  });
  expect(files.length).toBeGreaterThan(20);
  expect(upward).toEqual([]);
});

it("writes an import from another folder as ~/folder/file, so that the floor can be seen", () => {
  const hidden = files.flatMap(({ name, text }) =>
    importsOf(text)
      .filter((path) => path.startsWith("../"))
      .map((path) => `${name} uses ${path}`),
  );
  expect(hidden).toEqual([]);
});

it("keeps the map's model free of React and of the page", () => {
  const impure = files
    .filter(({ name }) => /^(map|sync)\//.test(name))
    .filter(({ text }) => importsOf(text).some((path) => /^(react|~\/components)/.test(path)))
    .map(({ name }) => name);
  expect(impure).toEqual([]);
});

it("keeps every file within 400 lines", () => {
  const long = files.filter(({ text }) => text.split("\n").length > MAX_LINES + 1).map(({ name }) => name);
  expect(long).toEqual([]);
});
