/**
 * How much room a text takes: measured once per text and rank, word by word.
 *
 * It breaks lines as the browser does with `pre-wrap` and `overflow-wrap: anywhere`, and only where
 * the browser may too, so that a box is never lower than the text in it.
 */

import type { Size } from "~/map/layout";
import { EMPTY_WIDTH, KIND_SIZE, rankOf, STYLES, TEXT_WIDTH } from "~/pages/session/render/metrics";

/** Rounding differs between the canvas and the page by parts of a pixel a line. */
const SLACK = 2;
/** Texts are remembered up to this many; a map has at most 50,000 nodes. */
const REMEMBERED = 60_000;

type Ruler = (text: string) => number;

/** Measures texts in one font family. */
export class TextMeasure {
  private readonly family: string;
  private readonly sizes: [Map<string, Size>, Map<string, Size>, Map<string, Size>];
  private readonly words: [Map<string, number>, Map<string, number>, Map<string, number>];
  private readonly rulers: readonly Ruler[];
  private readonly labels = new Map<string, number>();

  constructor(family: string) {
    this.family = family;
    this.sizes = [new Map(), new Map(), new Map()];
    this.words = [new Map(), new Map(), new Map()];
    this.rulers = STYLES.map((style) =>
      ruler(`${style.weight} ${style.size}px ${family}`, style.size),
    );
  }

  /** Width and height of a text set at this depth, without padding. */
  text(text: string, level: number): Size {
    const rank = rankOf(level);
    const known = this.sizes[rank].get(text);
    if (known) {
      return known;
    }
    if (this.sizes[rank].size > REMEMBERED) {
      this.sizes[rank].clear();
      this.words[rank].clear();
    }
    const size = this.measure(text, rank);
    this.sizes[rank].set(text, size);
    return size;
  }

  /** Width of a kind's label. */
  label(text: string): number {
    let width = this.labels.get(text);
    if (width === undefined) {
      width = ruler(`600 ${KIND_SIZE}px ${this.family}`, KIND_SIZE)(text);
      this.labels.set(text, width);
    }
    return width;
  }

  private measure(text: string, rank: 0 | 1 | 2): Size {
    let lines = 0;
    let width = 0;
    for (const paragraph of text.split("\n")) {
      const taken = this.wrap(paragraph, rank);
      lines += taken.lines;
      width = Math.max(width, taken.width);
    }
    const wide = text === "" ? EMPTY_WIDTH : Math.ceil(width) + SLACK;
    return { width: wide, height: lines * STYLES[rank].line };
  }

  private wrap(paragraph: string, rank: 0 | 1 | 2): { lines: number; width: number } {
    let lines = 1;
    let line = 0;
    let width = 0;
    // Spaces stay with the word before them; at a line's end they hang and take no room.
    for (const piece of paragraph.match(/\S+\s*|\s+/g) ?? []) {
      const whole = this.word(piece, rank);
      const bare = this.word(piece.trimEnd(), rank);
      if (line > 0 && line + bare > TEXT_WIDTH) {
        lines += 1;
        line = 0;
      }
      if (bare > TEXT_WIDTH) {
        const broken = this.breakWord(piece, rank);
        lines += broken.lines;
        width = TEXT_WIDTH;
        line = broken.rest;
      } else {
        width = Math.max(width, line + bare);
        line += whole;
      }
    }
    return { lines, width: Math.min(width, TEXT_WIDTH) };
  }

  /** A word wider than a line breaks anywhere. */
  private breakWord(piece: string, rank: 0 | 1 | 2): { lines: number; rest: number } {
    let lines = 0;
    let line = 0;
    for (const letter of piece) {
      const width = this.word(letter, rank);
      if (line + width > TEXT_WIDTH) {
        lines += 1;
        line = 0;
      }
      line += width;
    }
    return { lines, rest: line };
  }

  private word(word: string, rank: 0 | 1 | 2): number {
    let width = this.words[rank].get(word);
    if (width === undefined) {
      width = (this.rulers[rank] as Ruler)(word);
      this.words[rank].set(word, width);
    }
    return width;
  }
}

/** A canvas measures; where there is none (a test without a screen), an average letter does. */
function ruler(font: string, size: number): Ruler {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) {
    return (text) => text.length * size * 0.55;
  }
  context.font = font;
  return (text) => context.measureText(text).width;
}
