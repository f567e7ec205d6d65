/**
 * How wide a word is in one font.
 *
 * Asking the canvas costs some microseconds a word, which is too much for the words of ten thousand
 * nodes before the first paint. In the alphabets that set one letter after the other, a word is as
 * wide as its letters and what each pair of them is moved together; pairs are few and remembered.
 */

/**
 * Gives the width in pixels of a text, or of the part of it between two of its indexes. Tabs and line
 * breaks have none of their own: with one of them it is not a number.
 */
export type Ruler = (text: string, from?: number, to?: number) => number;

/** Latin with its extensions, Greek and Cyrillic; no combining marks. */
const SIMPLE = /[\u0020-\u02af\u0370-\u0482\u048a-\u052f\u1e00-\u20bf]/;

/** A ruler for a font, given as in CSS, that draws nothing: it only asks the canvas. */
export function rulerFor(
  context: CanvasRenderingContext2D | null,
  font: string,
  size: number,
): Ruler {
  if (!context) {
    // No screen, as in a test: an average letter does.
    return (text, from = 0, to = text.length) =>
      BREAK.test(text.slice(from, to)) ? Number.NaN : (to - from) * size * 0.55;
  }
  return pairwise((text) => {
    context.font = font;
    return context.measureText(text).width;
  });
}

/** What no font has letters for. */
const BREAK = /[\t\n]/;

/** How many letters of simple alphabets one font's ruler remembers, with all their pairs. */
const REMEMBERED = 255;
const UNKNOWN = Number.POSITIVE_INFINITY;

/** Makes a dear ruler cheap: words of simple alphabets are put together from pairs of letters. */
export function pairwise(measure: (text: string) => number): Ruler {
  /** The numbers of the letters that were met, by their codes; 0 for others. */
  const numbers = new Uint8Array(0x20c0);
  const letters: string[] = [];
  /** For each letter, how much wider each other makes a word after it; number 0 is a word's start. */
  const steps: Float64Array[] = [];
  const remember = (letter: string): number => {
    steps.push(new Float64Array(REMEMBERED + 1).fill(UNKNOWN));
    return letters.push(letter) - 1;
  };
  remember("");
  /** Gives a letter a number; 0 where its words are measured whole. */
  const meet = (code: number): number => {
    const letter = String.fromCharCode(code);
    if (letters.length > REMEMBERED || !SIMPLE.test(letter)) {
      return 0;
    }
    const number = remember(letter);
    numbers[code] = number;
    return number;
  };
  const step = (before: number, letter: number): number => {
    const after = steps[before] as Float64Array;
    if (after[letter] === UNKNOWN) {
      const both = measure(`${letters[before]}${letters[letter]}`);
      after[letter] = before === 0 ? both : both - step(0, before);
    }
    return after[letter] as number;
  };
  const words = new Map<string, number>();
  const whole = (word: string): number => {
    if (BREAK.test(word)) {
      return Number.NaN;
    }
    let width = words.get(word);
    if (width === undefined) {
      width = measure(word);
      words.set(word, width);
    }
    return width;
  };
  return (text, from = 0, to = text.length) => {
    let before = 0;
    let width = 0;
    for (let i = from; i < to; i++) {
      const code = text.charCodeAt(i);
      const letter = numbers[code] || meet(code);
      if (letter === 0) {
        return whole(text.slice(from, to));
      }
      width += step(before, letter);
      before = letter;
    }
    return width;
  };
}
