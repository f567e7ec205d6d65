/**
 * How wide a word is in one font.
 *
 * Asking the canvas costs some microseconds a word, which is too much for the words of ten thousand
 * nodes before the first paint. In the alphabets that set one letter after the other, a word is as
 * wide as its letters and what each pair of them is moved together; pairs are few and remembered.
 */

/** Gives the width of a word in pixels. */
export type Ruler = (word: string) => number;

/** Latin with its extensions, Greek and Cyrillic; no combining marks. */
const SIMPLE = /[\u0020-\u02af\u0370-\u0482\u048a-\u052f\u1e00-\u20bf]/;

/** A ruler for a font, given as in CSS. */
export function rulerFor(font: string, size: number): Ruler {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) {
    // No screen, as in a test: an average letter does.
    return (word) => word.length * size * 0.55;
  }
  context.font = font;
  return pairwise((text) => context.measureText(text).width);
}

/** How many letters of simple alphabets one font's ruler remembers, with all their pairs. */
const REMEMBERED = 255;

/** Makes a dear ruler cheap: words of simple alphabets are put together from pairs of letters. */
export function pairwise(measure: Ruler): Ruler {
  /** The numbers of the letters that were met, by their codes; 0 for others. */
  const numbers = new Uint8Array(0x20c0);
  const letters = [""];
  /** How much wider the second of two letters makes a word; before the first one stands number 0. */
  const pairs = new Float64Array((REMEMBERED + 1) ** 2).fill(Number.NaN);
  const words = new Map<string, number>();
  /** Gives a letter a number; 0 where its words are measured whole. */
  const meet = (code: number): number => {
    const letter = String.fromCharCode(code);
    if (letters.length > REMEMBERED || !SIMPLE.test(letter)) {
      return 0;
    }
    numbers[code] = letters.push(letter) - 1;
    return letters.length - 1;
  };
  const step = (pair: number): number => {
    const known = pairs[pair] as number;
    if (!Number.isNaN(known)) {
      return known;
    }
    const first = pair >> 8;
    const both = measure(`${letters[first]}${letters[pair & 255]}`);
    const width = first === 0 ? both : both - step(first);
    pairs[pair] = width;
    return width;
  };
  const whole = (word: string): number => {
    let width = words.get(word);
    if (width === undefined) {
      width = measure(word);
      words.set(word, width);
    }
    return width;
  };
  return (word) => {
    let before = 0;
    let width = 0;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      const letter = numbers[code] || meet(code);
      if (letter === 0) {
        return whole(word);
      }
      width += step((before << 8) | letter);
      before = letter;
    }
    return width;
  };
}
