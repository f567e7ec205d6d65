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
const SIMPLE = /^[\u0020-\u02af\u0370-\u0482\u048a-\u052f\u1e00-\u20bf]*$/;

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

/** Makes a dear ruler cheap: words of simple alphabets are put together from pairs of letters. */
export function pairwise(measure: Ruler): Ruler {
  const letters = new Map<number, number>();
  const pairs = new Map<number, number>();
  const words = new Map<string, number>();
  const letter = (code: number): number => {
    let width = letters.get(code);
    if (width === undefined) {
      width = measure(String.fromCharCode(code));
      letters.set(code, width);
    }
    return width;
  };
  /** How much wider the second of two letters makes a word that ends with the first. */
  const next = (first: number, second: number): number => {
    const key = first * 65_536 + second;
    let width = pairs.get(key);
    if (width === undefined) {
      width = measure(String.fromCharCode(first, second)) - letter(first);
      pairs.set(key, width);
    }
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
    if (!SIMPLE.test(word)) {
      return whole(word);
    }
    let before = word.charCodeAt(0);
    let width = word === "" ? 0 : letter(before);
    for (let i = 1; i < word.length; i++) {
      const code = word.charCodeAt(i);
      width += next(before, code);
      before = code;
    }
    return width;
  };
}
