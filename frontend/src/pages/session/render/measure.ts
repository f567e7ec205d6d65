/**
 * How much room a text takes: measured once per text and rank, word by word.
 *
 * It breaks lines as the browser does with `pre-wrap` and `overflow-wrap: anywhere`, and only where
 * the browser may too, so that a box is never lower than the text in it.
 */

import type { Size } from "~/map/layout";
import {
  CHIP_SIZE,
  KIND_SIZE,
  rankOf,
  SLACK,
  STYLES,
  TEXT_WIDTH,
} from "~/pages/session/render/metrics";
import { type Ruler, rulerFor } from "~/pages/session/render/ruler";

/** Texts are remembered up to this many; a map has at most 50,000 nodes. */
const REMEMBERED = 60_000;

/** What a tab takes at most where the style sheet gives it two columns: those and half of one. */
const TAB = "   ";

/** The texts of one rank of nodes. */
interface Rank {
  readonly ruler: Ruler;
  readonly line: number;
  readonly space: number;
  readonly sizes: Map<string, Size>;
}

/** Measures texts in one font family. */
export class TextMeasure {
  private readonly ranks: readonly Rank[];
  private readonly labels: Ruler;
  private readonly chips: Ruler;

  constructor(family: string) {
    this.ranks = STYLES.map(({ weight, size, line }) => {
      const ruler = rulerFor(`${weight} ${size}px ${family}`, size);
      return { ruler, line, space: ruler(" "), sizes: new Map() };
    });
    this.labels = rulerFor(`600 ${KIND_SIZE}px ${family}`, KIND_SIZE);
    this.chips = rulerFor(`500 ${CHIP_SIZE}px ${family}`, CHIP_SIZE);
  }

  /** Width and height of a text set at this depth, without padding. */
  text(text: string, level: number): Size {
    const rank = this.ranks[rankOf(level)] as Rank;
    const known = rank.sizes.get(text);
    if (known) {
      return known;
    }
    if (rank.sizes.size > REMEMBERED) {
      rank.sizes.clear();
    }
    const size = measure(text.replaceAll("\t", TAB), rank);
    rank.sizes.set(text, size);
    return size;
  }

  /** Width of the text of a chip, which takes one line. */
  chip(text: string): number {
    return this.chips(text);
  }

  /** Width of a kind's label. */
  label(text: string): number {
    return this.labels(text);
  }
}

function measure(text: string, rank: Rank): Size {
  const whole = text.includes("\n") ? Number.POSITIVE_INFINITY : rank.ruler(text);
  if (whole <= TEXT_WIDTH) {
    return { width: Math.ceil(whole) + SLACK, height: rank.line }; // Most texts take one line.
  }
  let lines = 0;
  let width = 0;
  for (const paragraph of text.split("\n")) {
    const taken = wrap(paragraph, rank);
    lines += taken.lines;
    width = Math.max(width, taken.width);
  }
  return { width: Math.ceil(width) + SLACK, height: lines * rank.line };
}

function wrap(paragraph: string, rank: Rank): { lines: number; width: number } {
  let lines = 1;
  /** Where the next word would begin. */
  let pen = 0;
  let width = 0;
  for (const piece of paragraph.split(/([^\S\u00a0]+)/)) {
    if (piece.trim() === "") {
      pen += piece.length * rank.space; // At a line's end spaces hang and take no room.
      continue;
    }
    const wide = rank.ruler(piece);
    if (pen > 0 && pen + wide > TEXT_WIDTH) {
      lines += 1;
      pen = 0;
    }
    if (wide > TEXT_WIDTH) {
      const broken = breakWord(piece, rank);
      lines += broken.lines;
      width = TEXT_WIDTH;
      pen = broken.rest;
    } else {
      pen += wide;
      width = Math.max(width, pen);
    }
  }
  return { lines, width: Math.min(width, TEXT_WIDTH) };
}

/** Where browsers may break inside of a word, if they do it there at all. */
const INNER_BREAKS = [/(?!)/, /(?<=[-?‐–—])/, /(?<=[-?‐–—/])/];

/**
 * A word wider than a line breaks after some signs, and else anywhere. Which signs, browsers do not
 * agree on: the way that takes the most lines has room for all.
 */
function breakWord(word: string, rank: Rank): { lines: number; rest: number } {
  const ways = INNER_BREAKS.map((at) => breakParts(word.split(at), rank));
  return ways.reduce((most, way) => (way.lines > most.lines ? way : most));
}

function breakParts(parts: readonly string[], rank: Rank): { lines: number; rest: number } {
  let lines = 0;
  let pen = 0;
  for (const part of parts) {
    const wide = rank.ruler(part);
    if (pen > 0 && pen + wide > TEXT_WIDTH) {
      lines += 1;
      pen = 0;
    }
    if (wide <= TEXT_WIDTH) {
      pen += wide;
      continue;
    }
    for (const letter of part) {
      const width = rank.ruler(letter);
      if (pen + width > TEXT_WIDTH) {
        lines += 1;
        pen = 0;
      }
      pen += width;
    }
  }
  return { lines, rest: pen };
}
