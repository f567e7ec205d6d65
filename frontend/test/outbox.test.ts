// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { Outbox } from "~/sync/outbox";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** How many frames ten edits of so many letters go out in, made at once. */
function framesOf(letters: number): number {
  const frames: Uint8Array[] = [];
  const send = (frame: Uint8Array) => frames.push(frame);
  const outbox = new Outbox({ send, onEntry: () => {}, onCount: () => {} });
  const doc = new Y.Doc();
  outbox.answer(doc, Y.encodeStateVector(doc));
  const before = frames.length;
  for (let n = 0; n < 10; n++) {
    const edit = new Y.Doc();
    edit.getMap("nodes").set("text", "x".repeat(letters));
    outbox.add(Y.encodeStateAsUpdate(edit), ["n"]);
  }
  vi.runAllTimers();
  expect(outbox.acknowledge(frames.length)).toHaveLength(frames.length - before);
  expect(outbox.unsent).toBe(0);
  return frames.length - before;
}

it("edits close behind one another go out together", () => {
  expect(framesOf(10)).toBe(2);
});

it("large pastes do not grow into one frame that is more than the server takes", () => {
  expect(framesOf(12_000)).toBe(10);
});
