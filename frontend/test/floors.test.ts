// @vitest-environment node
/** The front end's floors: what stands below knows nothing of what stands above. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** From the ground up. What is not listed (styles, messages, main.tsx) is no floor: see below. */
const FLOORS = ["map", "sync", "api", "hooks", "components", "pages", "app"];
const LONGEST_FILE = 400;
const SRC = fileURLToPath(new URL("../src/", import.meta.url));

interface Source {
  readonly path: string;
  readonly text: string;
}

/** What a file imports, types too: whoever reads it has to read those as well. */
function importsOf({ text }: Source): string[] {
  return Array.from(
    text.matchAll(/(?:from|import|import\()\s*["']([^"']+)["']/g),
    ([, target = ""]) => target,
  );
}

/** Ways by which files lead back to themselves. */
function circles(files: readonly Source[]): string[] {
  const byName = new Map(files.map((file) => [file.path.replace(/\.tsx?$/, ""), file]));
  const done = new Set<Source>();
  const found: string[] = [];
  const visit = (file: Source, way: readonly Source[]): void => {
    const begun = way.indexOf(file);
    if (begun >= 0) found.push([...way.slice(begun), file].map(({ path }) => path).join(" > "));
    if (begun >= 0 || done.has(file)) return;
    for (const target of importsOf(file)) {
      const beside = file.path.replace(/[^/]*$/, "");
      const next = byName.get(target.replace(/^~\//, "").replace(/^\.\//, beside));
      if (next) visit(next, [...way, file]);
    }
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

/** What is wrong with a file's imports. */
function wrongImports(file: Source): string[] {
  const { path } = file;
  const own = FLOORS.indexOf(path.split("/")[0] ?? "");
  const wrong: string[] = [];
  for (const target of importsOf(file)) {
    const floor = FLOORS.indexOf(target.match(/^~\/([^/]+)/)?.[1] ?? "");
    const isUpward = own !== -1 && floor > own;
    if (target.startsWith("..")) wrong.push(`${path} imports ${target}: write ~/folder/file`);
    if (isUpward) wrong.push(`${path} imports ${target}: ${FLOORS[floor]} is above ${FLOORS[own]}`);
    if (
      own < FLOORS.indexOf("hooks") &&
      own !== -1 &&
      /^react(-dom|-i18next)?(\/|$)/.test(target)
    ) {
      wrong.push(`${path} imports ${target}: ${FLOORS[own]} knows nothing of React`);
    }
  }
  return wrong;
}

function sources(folder = SRC): Source[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(?:tsx?|mjs)$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => ({
      path: path.replaceAll("\\", "/"),
      text: readFileSync(`${folder}/${path}`, "utf8"),
    }));
}

describe("the source", () => {
  it("imports downward only, and by floor", () => {
    expect(sources().flatMap(wrongImports)).toEqual([]);
  });

  it("has no file that leads back to itself by what it imports", () => {
    expect(circles(sources())).toEqual([]);
  });

  it.each(["src", "test", "e2e", "bench"])("has no file over 400 lines in %s", (folder) => {
    const files = sources(fileURLToPath(new URL(`../${folder}`, import.meta.url)));
    const long = files.filter(({ text }) => text.split("\n").length - 1 > LONGEST_FILE);

    expect(files).not.toEqual([]);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it("goes back in one place of the pages only, where the session is asked first", () => {
    const back = /\b(?:undo|redo)\(\)|\bundo\[|\brestore\(/;
    const found = sources().filter(
      ({ path, text }) => path.startsWith("pages/") && back.test(text),
    );

    expect(found.map(({ path }) => path)).toEqual(["pages/session/actions/back.ts"]);
  });

  it("has no test that puts a module in the place of another: their files share them", () => {
    const tests = sources(fileURLToPath(new URL("./", import.meta.url)));
    const found = tests.filter(({ text }) => /\bvi\.(?:do)?[mM]ock\(/.test(text));

    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it("touches no page in the map's floor", () => {
    const dom = /\b(?:document|window|localStorage|HTMLElement)\b\s*[.[]/;
    const code = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const found = sources().filter(
      ({ path, text }) => path.startsWith("map/") && dom.test(code(text)),
    );

    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

describe("the check itself", () => {
  it.each([
    ["map/tree.ts", 'import { room } from "~/sync/RoomClient";'],
    ["map/tree.ts", 'import { x } from "../sync/RoomClient";'],
    ["components/Button.tsx", 'const Page = lazy(() => import("~/pages/Home"));'],
    ["sync/offline.ts", 'export * from "~/app/routes";'],
    ["map/model.ts", 'import { useState } from "react";'],
  ])("finds in %s what is wrong with %s", (path, text) => {
    expect(wrongImports({ path, text })).toHaveLength(1);
  });

  it("finds a circle, however long, of types too", () => {
    const files = [
      { path: "map/a.ts", text: 'import { b } from "~/map/b";' },
      { path: "map/b.ts", text: 'export * from "./c";' },
      { path: "map/c.tsx", text: 'import type { A } from "~/map/a";' },
      { path: "map/d.ts", text: 'import { a } from "~/map/a"; import { b } from "~/map/b";' },
    ];

    expect(circles(files)).toEqual(["map/a.ts > map/b.ts > map/c.tsx > map/a.ts"]);
    expect(circles(files.slice(1))).toEqual([]);
  });

  it("finds nothing wrong with an import from below or beside", () => {
    const text =
      'import { ROOT } from "~/map/schema"; import "./Room.css"; import React from "react";';

    expect(wrongImports({ path: "hooks/useRoom.ts", text })).toEqual([]);
  });
});
