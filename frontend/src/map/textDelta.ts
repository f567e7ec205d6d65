/**
 * Between a plain text field and a shared text: what typing changed, and where a caret goes when
 * somebody else types.
 */
import * as Y from "yjs";
import { cut, LOCAL, NOTE_LIMIT, TEXT_LIMIT } from "~/map/schema";

/** One change of a text: at an index, so many characters go and these come. */
export interface TextChange {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

/** A caret (both ends the same) or a selection; `head` is the end that moves. */
export interface TextSelection {
  readonly anchor: number;
  readonly head: number;
}

/** What an event says of how a text changed. */
export type Delta = Y.YTextEvent["delta"];

/** A caret's place among the characters, for others to find however the text changes meanwhile. */
export type CaretAnchor = Readonly<Record<string, unknown>>;

/**
 * What one edit changed, if the caret then stood at `caret`. The caret decides where a letter was
 * typed among equal ones: "aa" to "aaa" could be three places. Null where nothing changed.
 */
export function textChange(before: string, after: string, caret: number): TextChange | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const behindCaret = sharedEnd(before, after, Math.min(shorter, after.length - caret));
  const head = sharedStart(before, after, shorter - behindCaret);
  // Where a program and no finger changed the text, more than what is behind the caret is shared.
  const end = sharedEnd(before, after, shorter - head);
  return widened(before, after, head, end);
}

/** Writes what an edit of the whole text changed into a shared text, as this user's edit. */
export function editText(text: Y.Text, after: string, caret: number): TextChange | null {
  const change = textChange(text.toString(), after, caret);
  if (change) applyChange(text, change);
  return change;
}

/**
 * Writes a change into a shared text, as this user's edit. What would make the text longer than
 * the server takes is left out: it would refuse the whole edit.
 */
export function applyChange(text: Y.Text, { at, removed, inserted }: TextChange): void {
  const limit = text._item?.parentSub === "note" ? NOTE_LIMIT : TEXT_LIMIT;
  const fitting = cut(inserted, Math.max(0, limit - text.length + removed));
  if (removed === 0 && fitting === "") return;
  const write = () => {
    if (removed > 0) text.delete(at, removed);
    if (fitting !== "") text.insert(at, fitting);
  };
  if (text.doc) text.doc.transact(write, LOCAL);
  else write();
}

/**
 * Where a selection stands after a change that somebody else made. It takes in nothing that comes at
 * either of its ends: what is typed over it would delete that, too.
 */
export function moveThroughDelta({ anchor, head }: TextSelection, delta: Delta): TextSelection {
  const end = moveIndex(Math.max(anchor, head), delta);
  if (anchor === head) return { anchor: end, head: end };
  const start = Math.min(end, moveIndex(Math.min(anchor, head), delta, "behind"));
  return anchor < head ? { anchor: start, head: end } : { anchor: end, head: start };
}

/** Where what was changed ends: there the eye is when it was taken back, or done again. */
export function endOfDelta(delta: Delta): number {
  let [at, end] = [0, 0];
  for (const { retain, insert } of delta) {
    at += retain ?? lengthOf(insert);
    if (retain === undefined) end = at;
  }
  return end;
}

/**
 * A change of a text as it was before others changed it, as changes of what it is now, to be made in
 * this order; and where the caret stands then. What others put in the midst of what goes, stays.
 */
export function changeNow(
  { at, removed, inserted }: TextChange,
  caret: number,
  deltas: readonly Delta[],
): { changes: readonly TextChange[]; caret: number } {
  const through = (index: number, where?: "behind") =>
    deltas.reduce((moved, delta) => moveIndex(moved, delta, where), index);
  const went = Array.from({ length: at + removed }, (_, n) => n >= at);
  const goes = deltas.reduce(carry, went);
  const place = through(at, removed > 0 ? "behind" : undefined);
  const changes: TextChange[] = [];
  for (let end = goes.length; end > 0; end--) {
    const from = goes.lastIndexOf(false, end - 1) + 1;
    if (from < end) changes.push({ at: from, removed: end - from, inserted: "" });
    end = from;
  }
  changes.push({ at: place, removed: 0, inserted });
  if (caret < at) return { changes, caret: through(caret) };
  if (caret <= at + inserted.length) return { changes, caret: place + caret - at };
  const behind = through(caret - inserted.length + removed);
  const gone = goes.slice(0, behind).filter(Boolean).length;
  return { changes, caret: behind - gone + inserted.length };
}

/** A caret as others can find it again. */
export function anchorAt(text: Y.Text, index: number): CaretAnchor {
  return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index));
}

/** Where an anchor now stands; null where it is not one of this text. */
export function indexOfAnchor(text: Y.Text, anchor: CaretAnchor): number | null {
  if (!text.doc) return null;
  try {
    const position = Y.createRelativePositionFromJSON(anchor);
    const found = Y.createAbsolutePositionFromRelativePosition(position, text.doc);
    return found?.type === text ? found.index : null;
  } catch {
    // Others write what they like into presence.
    return null;
  }
}

/** What comes in right at the index goes behind it, so that one's own words stay together; unless it is to go behind that. */
function moveIndex(index: number, delta: Delta, where?: "behind"): number {
  let at = 0;
  let moved = index;
  for (const { retain, insert, delete: removed } of delta) {
    if (at > moved) break;
    if (removed !== undefined) {
      moved -= Math.min(removed, moved - at);
    } else if (insert !== undefined && (at < moved || where === "behind")) {
      moved += lengthOf(insert);
    }
    at += retain ?? lengthOf(insert);
  }
  return moved;
}

/** Takes a delta into what is known of each letter; of new ones nothing is. */
function carry(letters: readonly boolean[], delta: Delta): boolean[] {
  const pieces: boolean[][] = [];
  let at = 0;
  for (const { retain, insert, delete: removed } of delta) {
    if (retain !== undefined) pieces.push(letters.slice(at, at + retain));
    if (insert !== undefined) pieces.push(new Array<boolean>(lengthOf(insert)).fill(false));
    at += retain ?? removed ?? 0;
  }
  return [...pieces, letters.slice(at)].flat();
}

function lengthOf(insert: Delta[number]["insert"]): number {
  if (insert === undefined) return 0;
  return typeof insert === "string" ? insert.length : 1;
}

function sharedStart(a: string, b: string, limit: number): number {
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function sharedEnd(a: string, b: string, limit: number): number {
  let length = 0;
  while (
    length < limit &&
    a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)
  ) {
    length++;
  }
  return length;
}

/** The change between a shared beginning and end; never through the middle of a surrogate pair. */
function widened(before: string, after: string, start: number, end: number): TextChange {
  const at = isHighSurrogate(before, start - 1) ? start - 1 : start;
  const tail = isLowSurrogate(before, before.length - end) ? end - 1 : end;
  return {
    at,
    removed: before.length - tail - at,
    inserted: after.slice(at, after.length - tail),
  };
}

function isHighSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
