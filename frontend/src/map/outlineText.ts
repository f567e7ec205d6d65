/**
 * Indented text, one line a node: what the clipboard carries between a map and any other program.
 */

import type { NewNode } from "~/map/edit";

/** A node of an outline; text from other programs has no more than text. */
export interface OutlineItem extends NewNode {
  readonly children: readonly OutlineItem[];
}

/** The same in a list, where each is followed by what stands below it. */
export interface OutlineLine extends NewNode {
  readonly depth: number;
}

/** Stands for a line break inside a node's text, as Unicode means it. */
const LINE_SEPARATOR = "\u2028";
const TAB_WIDTH = 4;
/**
 * What writers and word processors put before the lines of a list, the letters of their symbol fonts too. The server's
 * `mindmap/outline.rs` has the same list.
 */
const BULLET = /^(?:[-*+•‣◦–·▪▫■□●○◆◇►➢\uf0a7\uf0b7\uf0d8](?:\s+|$)|[o§]\t+)/;
/**
 * The bullets of a list's first three levels, wherever nobody chose others: disc, circle, square. Word writes its lists
 * as plain text without indentation, and then they alone tell the levels. The server has the same list.
 */
const RUNGS = [/^[•·●\uf0b7]\s/, /^(?:[◦○]\s|o\t)/, /^(?:[▪■\uf0a7]\s|§\t)/];
/** A cell that a spreadsheet put into quotes, as it holds line breaks or quotes itself. */
const QUOTED_CELL = /(?<=^|[\t\n])"((?:[^"]|"")*)"(?=[\t\n]|$)/g;

/**
 * Reads indented text. Tabs and spaces indent, by however much; bullets in front are dropped, and
 * so are empty lines. Among lines that are indented alike, circles stand under discs, and squares
 * under those. What is indented less than the first line stands beside it. A row of a spreadsheet is
 * one node, with a dot between its cells.
 */
export function parseOutline(text: string): OutlineItem[] {
  const lines: OutlineLine[] = [];
  const levelOf = levels();
  for (const line of unquoted(text.replaceAll(/\r\n?/g, "\n")).split("\n")) {
    const written = line.trim();
    const words = written.replace(BULLET, "").replaceAll(/\s*\t\s*/g, " · ");
    if (words === "") continue;
    const rung = RUNGS.findIndex((it) => it.test(written));
    const depth = levelOf({ indent: indentOf(line), rung });
    lines.push({ depth, text: words.replaceAll(/[\u2028\v]/g, "\n") });
  }
  return nest(lines);
}

/** Where a line stands: how far it is indented, and on which rung its bullet is, or -1. */
interface Stand {
  readonly indent: number;
  readonly rung: number;
}

/** Says of one line after the other how many levels are above it. */
function levels(): (line: Stand) => number {
  // The lines that the next one may stand under.
  const open: Stand[] = [];
  return (line) => {
    for (let above = open.at(-1); above && !isUnder(line, above); above = open.at(-1)) open.pop();
    return open.push(line) - 1;
  };
}

function isUnder(line: Stand, above: Stand): boolean {
  if (above.indent !== line.indent) return above.indent < line.indent;
  return 0 <= above.rung && above.rung < line.rung;
}

/** A list as a tree: each stands under the nearest one before it that is less deep. */
export function nest(lines: Iterable<OutlineLine>): OutlineItem[] {
  const top: Draft = { depth: -1, text: "", children: [] };
  const path = [top];
  for (const line of lines) {
    while (path.length > 1 && (path.at(-1)?.depth ?? -1) >= line.depth) path.pop();
    const item: Draft = { ...line, children: [] };
    path.at(-1)?.children.push(item);
    path.push(item);
  }
  return top.children;
}

/** Cells with line breaks, as one line each. */
function unquoted(text: string): string {
  return text.replaceAll(QUOTED_CELL, (cell, inner: string) =>
    inner.includes("\n") ? inner.replaceAll('""', '"').replaceAll("\n", LINE_SEPARATOR) : cell,
  );
}

/** Writes an outline with one tab a level. */
export function formatOutline(items: Iterable<OutlineLine>): string {
  let lines = "";
  for (const { depth, text } of items) {
    lines += `${"\t".repeat(depth)}${text.replaceAll(/\r\n|\r|\n/g, LINE_SEPARATOR)}\n`;
  }
  return lines;
}

interface Draft extends OutlineLine {
  readonly children: Draft[];
}

function indentOf(line: string): number {
  let columns = 0;
  for (const letter of line) {
    if (letter === "\t") columns += TAB_WIDTH - (columns % TAB_WIDTH);
    else if (letter.trim() === "") columns++;
    else break;
  }
  return columns;
}
