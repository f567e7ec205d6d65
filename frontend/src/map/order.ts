/**
 * Positions among siblings as strings that sort: fractional indices in base 62, in the format of
 * the npm package fractional-indexing, which the server writes too.
 *
 * A key is a whole number, its first letter saying how many digits follow (`a0` … `az`, `b00` …
 * upwards, `Zz` … downwards), and then a fraction that does not end in `0`. Appending therefore
 * makes short keys, and there is always room between two.
 */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = DIGITS.length;
const FIRST = "a0";
const SMALLEST_WHOLE = `A${"0".repeat(26)}`;
/** Random digits that keep apart what two people put at the same place at the same time. */
const JITTER = 3;

/**
 * A key between two others, or before or after one, or the first of all. A key that is not in the
 * format counts as none; so does `after` where it is not greater than `before`.
 */
export function orderBetween(before: string | null, after: string | null): string {
  const low = before !== null && isOrder(before) ? before : null;
  const high = after !== null && isOrder(after) && (low === null || low < after) ? after : null;
  if (low === null) return high === null ? FIRST : keyBelow(high);
  if (high === null) return keyAbove(low);
  const whole = wholeOf(low);
  if (whole === wholeOf(high)) {
    return whole + fractionBetween(low.slice(whole.length), high.slice(whole.length));
  }
  const next = increment(whole);
  return next !== null && next < high ? next : keyAbove(low, high);
}

/**
 * `count` keys between two others, in order. They share a random beginning, so that the branches
 * that two people paste at the same place come one after the other instead of interleaved.
 */
export function ordersBetween(
  before: string | null,
  after: string | null,
  count: number,
  random: () => number = Math.random,
): string[] {
  const stem = withJitter(orderBetween(before, after), before, after, random);
  if (count === 1) return [stem];
  let width = 1;
  while ((BASE - 1) ** width < count) width++;
  return Array.from({ length: count }, (_, n) => stem + counter(n, width));
}

/** Whether a string is in the format. */
export function isOrder(key: string): boolean {
  const length = wholeLength(key);
  if (length === null || key.length < length || key === SMALLEST_WHOLE) return false;
  if (key.length > length && key.endsWith("0")) return false;
  return /^[0-9A-Za-z]+$/.test(key);
}

/** Random digits behind a key, so that it and all that goes on from it stay below `after`. */
function withJitter(
  key: string,
  before: string | null,
  after: string | null,
  random: () => number,
): string {
  // What goes on from a beginning of `after` could pass it, so such a key moves down first.
  let stem = key;
  while (after !== null && stem < after && after.startsWith(stem)) {
    stem = orderBetween(before, stem);
  }
  for (let n = 1; n < JITTER; n++) stem += digit(Math.floor(random() * BASE));
  return stem + digit(1 + Math.floor(random() * (BASE - 1)));
}

/** Numbers without the digit 0, so that no key ends in it. */
function counter(n: number, width: number): string {
  let text = "";
  let rest = n;
  for (let place = 0; place < width; place++) {
    text = digit(1 + (rest % (BASE - 1))) + text;
    rest = Math.floor(rest / (BASE - 1));
  }
  return text;
}

function keyBelow(high: string): string {
  const whole = wholeOf(high);
  if (whole === SMALLEST_WHOLE) return whole + fractionBetween("", high.slice(whole.length));
  return whole < high ? whole : decrement(whole);
}

/** Above `low`; with `high` given, without leaving the whole number that `low` has. */
function keyAbove(low: string, high?: string): string {
  const whole = wholeOf(low);
  const next = high === undefined ? increment(whole) : null;
  return next ?? whole + fractionBetween(low.slice(whole.length), null);
}

/** The fraction half-way between two; null is one. Needs `low < high`. */
function fractionBetween(low: string, high: string | null): string {
  let ceiling = high;
  let fraction = "";
  for (let at = 0; ; at++) {
    const from = valueAt(low, at);
    const to = ceiling === null ? BASE : valueAt(ceiling, at);
    if (to - from > 1) return fraction + digit(Math.round((from + to) / 2));
    if (to > from && ceiling !== null) {
      // Neighbouring digits. Cut short, the ceiling is still above `low` and already below itself.
      if (ceiling.length > at + 1) return fraction + digit(to);
      ceiling = null;
    } else if (to > from) {
      ceiling = null;
    }
    fraction += digit(from);
  }
}

function increment(whole: string): string | null {
  const carried = carry(whole, 1);
  if (carried !== null) return carried;
  const head = whole.charAt(0);
  if (head === "Z") return FIRST;
  if (head === "z") return null;
  const next = String.fromCharCode(head.charCodeAt(0) + 1);
  return next + digit(0).repeat((wholeLength(next) ?? 2) - 1);
}

function decrement(whole: string): string {
  const carried = carry(whole, -1);
  if (carried !== null) return carried;
  const head = whole.charAt(0);
  const next = head === "a" ? "Z" : String.fromCharCode(head.charCodeAt(0) - 1);
  return next + digit(BASE - 1).repeat((wholeLength(next) ?? 2) - 1);
}

/** Adds a step to the digits behind the head letter; null where they all overflow. */
function carry(whole: string, step: 1 | -1): string | null {
  const overflow = step === 1 ? BASE - 1 : 0;
  let at = whole.length - 1;
  while (at > 0 && valueAt(whole, at) === overflow) at--;
  if (at === 0) return null;
  const wrapped = digit(BASE - 1 - overflow).repeat(whole.length - 1 - at);
  return whole.slice(0, at) + digit(valueAt(whole, at) + step) + wrapped;
}

function wholeOf(key: string): string {
  return key.slice(0, wholeLength(key) ?? 0);
}

/** How long the whole number is, its head letter included. */
function wholeLength(key: string): number | null {
  const head = key.charAt(0);
  if (head >= "a" && head <= "z") return head.charCodeAt(0) - 95;
  if (head >= "A" && head <= "Z") return 92 - head.charCodeAt(0);
  return null;
}

function valueAt(digits: string, at: number): number {
  return at < digits.length ? DIGITS.indexOf(digits.charAt(at)) : 0;
}

function digit(value: number): string {
  return DIGITS.charAt(value);
}
