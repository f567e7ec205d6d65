/**
 * How much room a text takes, measured word by word: quick enough to be asked again each time.
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

/** How many spaces a tab takes at most where the style sheet gives it two columns: those and half of one. */
const TAB = 3;

/** How the texts of one rank of nodes are set. */
interface Rank {
  readonly ruler: Ruler;
  readonly line: number;
}

/** Measures texts in one font family. */
export class TextMeasure {
  private readonly ranks: readonly Rank[];
  private readonly labels: Ruler;
  private readonly chips: Ruler;

  constructor(family: string) {
    const context = document.createElement("canvas").getContext("2d");
    const ruler = (weight: number, size: number): Ruler =>
      rulerFor(context, `${weight} ${size}px ${family}`, size);
    this.ranks = STYLES.map(({ weight, size, line }) => ({ ruler: ruler(weight, size), line }));
    this.labels = ruler(600, KIND_SIZE);
    this.chips = ruler(500, CHIP_SIZE);
  }

  /** Width and height of a text set at this depth, without padding. */
  text(text: string, level: number): Size {
    const { ruler, line } = this.ranks[rankOf(level)] as Rank;
    const whole = ruler(text);
    // Most texts take one line.
    const { lines, width } = whole <= TEXT_WIDTH ? { lines: 1, width: whole } : wrap(text, ruler);
    return { width: Math.ceil(width) + SLACK, height: lines * line };
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

/** What text takes that is broken into lines. */
interface Extent {
  readonly lines: number;
  readonly width: number;
}

function wrap(text: string, ruler: Ruler): Extent {
  const space = ruler(" ");
  let lines = 1;
  /** Where the next word would begin. */
  let pen = 0;
  let width = 0;
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = from + 1;
    if (text[from] === "\n") {
      lines += 1;
      pen = 0;
      continue;
    }
    if (isBlank(text, from)) {
      pen += text[from] === "\t" ? TAB * space : space; // At a line's end they hang and take no room.
      continue;
    }
    while (to < text.length && !isBlank(text, to)) to++;
    const wide = ruler(text, from, to);
    if (pen > 0 && pen + wide > TEXT_WIDTH) {
      lines += 1;
      pen = 0;
    }
    if (wide > TEXT_WIDTH) {
      const broken = breakWord(text.slice(from, to), ruler);
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

/** Spaces of all kinds, but for the one that holds two words together. */
const BLANK = /[^\S\u00a0]/;

/** Whether there is a space. Asked of each letter, so that most answers take no more than a look. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || ((code < 32 || code > 127) && BLANK.test(text.charAt(at)));
}

/** Where browsers may break inside of a word, if they do it there at all. */
const INNER_BREAKS = [/(?!)/, /(?<=[-?‐–—])/, /(?<=[-?‐–—/])/];

/**
 * A word wider than a line breaks after some signs, and else anywhere. Which signs, browsers do not
 * agree on: the way that takes the most lines has room for all.
 */
function breakWord(word: string, ruler: Ruler): { lines: number; rest: number } {
  const ways = INNER_BREAKS.map((at) => breakParts(word.split(at), ruler));
  return ways.reduce((most, way) => (way.lines > most.lines ? way : most));
}

function breakParts(parts: readonly string[], ruler: Ruler): { lines: number; rest: number } {
  let lines = 0;
  let pen = 0;
  for (const part of parts) {
    const wide = ruler(part);
    if (pen > 0 && pen + wide > TEXT_WIDTH) {
      lines += 1;
      pen = 0;
    }
    if (wide <= TEXT_WIDTH) {
      pen += wide;
      continue;
    }
    for (const letter of part) {
      const width = ruler(letter);
      if (pen + width > TEXT_WIDTH) {
        lines += 1;
        pen = 0;
      }
      pen += width;
    }
  }
  return { lines, rest: pen };
}
