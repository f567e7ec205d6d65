/** The matrix of gaps and solutions as a picture: where what stands, and the picture as a file. */
import type { Light, Matrix } from "~/api/types";
import { DEGREES, SIGNS } from "~/pages/catalogue/degree";

/** The rows' orders; the first needs no saying. */
export const ORDERS = ["number", "light"] as const;
/** One of {@link ORDERS}. */
export type Order = (typeof ORDERS)[number];

/** A fit with its place in the picture. */
export interface Cell {
  fit: string;
  row: number;
  column: number;
  degree: string;
  state: string;
}

/** What stands where: rows and columns in the order they are shown, and the fits between them. */
export interface Grid {
  gaps: Matrix["gaps"];
  solutions: Matrix["solutions"];
  cells: Cell[];
}

// What is in most need comes first.
const RANK: Record<string, number> = { red: 0, grey: 1, amber: 2, green: 3 };

/** Places everything. Where a gap and a solution have two fits, the one that came further is shown. */
export function gridOf(matrix: Matrix, order: Order): Grid {
  const gaps = [...matrix.gaps];
  if (order === "light") gaps.sort((a, b) => (RANK[a.light] ?? 0) - (RANK[b.light] ?? 0));
  const rows = new Map(gaps.map((it, row) => [it.id, row]));
  const columns = new Map(matrix.solutions.map((it, column) => [it.id, column]));
  const placed = new Map<string, Cell>();
  for (const { fit, gap, solution, degree, state } of matrix.cells) {
    const [row, column] = [rows.get(gap), columns.get(solution)];
    if (row === undefined || column === undefined) continue;
    const place = `${row} ${column}`;
    if (placed.get(place)?.state === "accepted") continue;
    placed.set(place, { fit, row, column, degree, state });
  }
  return { gaps, solutions: matrix.solutions, cells: [...placed.values()] };
}

/** The fit at a point of the picture, measured in cells. */
export function cellAt(grid: Grid, x: number, y: number): Cell | null {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return grid.cells.find((it) => it.column === column && it.row === row) ?? null;
}

/** The words that a picture in a file needs. */
export interface PictureWords {
  title: string;
  degree: (degree: string) => string;
  light: (light: Light) => string;
  pending: string;
}

const CELL = 22;
const LEFT = 380;
const TOP = 240;
/** As wide as a letter of a title is on average where the system's font is a wide one. */
const LETTER = 7.5;
const FOOT = 40;
const INK = "#1a2327";
const QUIET = "#525d61";
const LINE = "#dce0e2";
/** On white paper, whatever the page's colours are. */
const DEGREE_INK: Record<string, string> = {
  full: "#1a763f",
  good: "#1a763f",
  partial: "#8a5601",
  none: "#be222a",
};
const LIGHT_INK: Record<string, string> = {
  green: "#1a763f",
  amber: "#8a5601",
  red: "#be222a",
  grey: "#525d61",
};
/** Signs of lights round 0, 0; each can be told without its colour. */
const LIGHT_SIGNS: Record<string, string> = {
  green: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0ZM-2.4 0L-.6 1.9L2.6-1.9",
  amber: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0ZM0-5V5M1.6-4.6V4.6M3.2-3.7V3.7",
  red: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0ZM-1.9-1.9L1.9 1.9M1.9-1.9L-1.9 1.9",
  grey: "M-5 0A5 5 0 0 1-2-4.6M0-5A5 5 0 0 1 4-3M5-1A5 5 0 0 1 3.4 3.7M1.6 4.7A5 5 0 0 1-3 4",
};

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const cut = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

const lettersIn = (width: number) => Math.floor(width / LETTER);

function signAt(x: number, y: number, degree: string, isPending: boolean): string {
  const sign = SIGNS[degree];
  if (!sign) return "";
  const ink = isPending ? QUIET : (DEGREE_INK[degree] ?? QUIET);
  const fill =
    sign.fill && `<path d="${sign.fill}" fill="${ink}" fill-opacity="${isPending ? 0.45 : 1}"/>`;
  const dash = isPending ? ' stroke-dasharray="2 1.6"' : "";
  const line = `<path d="${sign.line}" fill="none" stroke="${ink}" stroke-width="1.5"${dash}/>`;
  return `<g transform="translate(${x} ${y})">${fill}${line}</g>`;
}

const textAt = (x: number, y: number, words: string, more = "") =>
  `<text x="${x}" y="${y}"${more}>${escaped(words)}</text>`;

function headers({ gaps, solutions }: Grid, words: PictureWords): string[] {
  const rows = gaps.map((gap, row) => {
    const y = TOP + row * CELL + CELL / 2;
    const ink = LIGHT_INK[gap.light] ?? QUIET;
    const sign = LIGHT_SIGNS[gap.light] ?? "";
    return [
      `<g transform="translate(14 ${y})"><title>${escaped(words.light(gap.light as Light))}</title>`,
      `<path d="${sign}" fill="none" stroke="${ink}" stroke-width="1.4"/></g>`,
      textAt(26, y + 4, cut(`${gap.number} ${gap.title}`, lettersIn(LEFT - 26))),
    ].join("");
  });
  const columns = solutions.map(({ number, title }, column) => {
    const x = LEFT + column * CELL + CELL / 2 + 4;
    const turn = ` transform="rotate(-90 ${x} ${TOP - 8})"`;
    return textAt(x, TOP - 8, cut(`${number} ${title}`, lettersIn(TOP - 16)), turn);
  });
  return [...rows, ...columns];
}

function lines(n: { rows: number; columns: number }): string {
  const [right, bottom] = [LEFT + n.columns * CELL, TOP + n.rows * CELL];
  const rows = Array.from({ length: n.rows + 1 }, (_, i) => `M0 ${TOP + i * CELL}H${right}`);
  const columns = Array.from(
    { length: n.columns + 1 },
    (_, i) => `M${LEFT + i * CELL} ${TOP}V${bottom}`,
  );
  return `<path d="${[...rows, ...columns].join("")}" stroke="${LINE}" fill="none"/>`;
}

/** The whole matrix as a picture of its own, with headings and what the signs mean. */
export function matrixPicture(grid: Grid, words: PictureWords): string {
  const { gaps, solutions, cells } = grid;
  const width = Math.max(LEFT + solutions.length * CELL + 10, 900);
  const height = TOP + gaps.length * CELL + FOOT;
  const signs = cells.map(({ row, column, degree, state }) => {
    const [x, y] = [LEFT + (column + 0.5) * CELL, TOP + (row + 0.5) * CELL];
    return signAt(x, y, degree, state !== "accepted");
  });
  const y = height - 16;
  const legend = DEGREES.map((degree, i) => {
    const x = 14 + i * 120;
    return signAt(x, y - 4, degree, false) + textAt(x + 14, y, words.degree(degree));
  });
  legend.push(signAt(494, y - 4, "good", true), textAt(508, y, words.pending));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="system-ui, sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escaped(words.title)}</title><rect width="100%" height="100%" fill="#fff"/>`,
    textAt(8, 24, words.title, ' font-size="18" font-weight="600"'),
    lines({ rows: gaps.length, columns: solutions.length }),
    ...headers(grid, words),
    ...signs,
    ...legend,
    "</svg>",
  ].join("");
}
