/** The matrix: where what stands, and the picture as a file. */
import { expect, it } from "vitest";
import type { Matrix } from "~/api/types";
import { cellAt, gridOf, matrixPicture } from "~/pages/catalogue/coverage/matrix";
import { nextStates } from "~/pages/catalogue/rights";

const gap = (n: number, light: string) => ({
  ...{ id: `g${n}`, number: `GAP-${n}`, title: `Phones & <${n}>`, light, group: "" },
});
const solution = (n: number) => ({
  ...{ id: `s${n}`, number: `SOL-${n}`, title: "Course", kind: "training", trl: null },
});
const MATRIX: Matrix = {
  gaps: [gap(1, "green"), gap(2, "red"), gap(3, "grey")],
  solutions: [solution(1), solution(2)],
  cells: [
    { fit: "f1", gap: "g1", solution: "s2", degree: "good", state: "accepted" },
    { fit: "f2", gap: "g1", solution: "s2", degree: "none", state: "proposed" },
    { fit: "f3", gap: "g3", solution: "s1", degree: "partial", state: "proposed" },
  ],
};

it("places the fits, and shows of two in one place the accepted one", () => {
  const grid = gridOf(MATRIX, "number");

  expect(cellAt(grid, 1.5, 0.2)?.fit).toBe("f1");
  expect(cellAt(grid, 0.9, 2.1)?.fit).toBe("f3");
  expect(cellAt(grid, 0.5, 0.5)).toBeNull();
  expect(grid.cells).toHaveLength(2);
});

it("puts first what is in most need, when asked to", () => {
  const grid = gridOf(MATRIX, "light");

  expect(grid.gaps.map((it) => it.light)).toEqual(["red", "grey", "green"]);
  expect(cellAt(grid, 1, 2)?.fit).toBe("f1");
});

it("makes a picture that is well-formed whatever titles hold, with every sign in it", () => {
  const words = { title: 'A & "B"', degree: String, light: String, pending: "waiting" };

  const text = matrixPicture(gridOf(MATRIX, "number"), words);

  const picture = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(picture.querySelector("parsererror")).toBeNull();
  expect(picture.documentElement.textContent).toContain("GAP-2 Phones & <2>");
  // Two fits, and the five signs of the legend.
  expect(picture.querySelectorAll('g[transform^="translate"]:not(:has(title))')).toHaveLength(7);
});

it("offers a reviewer judgements only, and a facilitator nothing", () => {
  const state = (name: string, next: string[], review: boolean) => ({ name, next, review });
  const states = [
    state("proposed", ["under_review", "accepted", "rejected"], false),
    ...[state("under_review", [], true), state("accepted", ["superseded"], true)],
    ...[state("rejected", [], true), state("superseded", [], false)],
  ];
  const shape = { kind: "fit", fields: [], states };
  const names = (from: string, role: "analyst" | "reviewer" | "facilitator") =>
    nextStates(shape, from, role).map((it) => it.name);

  expect(names("proposed", "reviewer")).toEqual(["under_review", "accepted", "rejected"]);
  expect(names("accepted", "reviewer")).toEqual([]);
  expect(names("accepted", "analyst")).toEqual(["superseded"]);
  expect(names("proposed", "facilitator")).toEqual([]);
});
