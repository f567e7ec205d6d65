/** A field and a shared text among random typing, input methods, selections and others' edits. */
import { afterEach, expect, it } from "vitest";
import * as Y from "yjs";
import { LOCAL } from "~/map/schema";
import { TextBinding } from "~/pages/session/text/TextBinding";
import { seeded } from "../random";

const SEEDS = Array.from({ length: 40 }, (_, n) => n + 1);
const WORDS = ["a", "bc", "é", "e\u0301", "😀", "שלום", "に", "\n"];

let field: HTMLTextAreaElement;
afterEach(() => field.remove());

/** The letters of a text that a page wrote and that are there. */
function lettersOf(text: Y.Text, client: number): Set<number> {
  const found = new Set<number>();
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || item.id.client !== client) continue;
    for (let n = 0; n < item.length; n++) found.add(item.id.clock + n);
  }
  return found;
}

it.each(SEEDS)(
  "lose no word of either, and the field says what the text says (seed %i)",
  (seed) => {
    const random = seeded(seed);
    const upTo = (most: number) => Math.floor(random() * (most + 1));
    const word = () => WORDS[upTo(WORDS.length - 1)] ?? "";
    const [doc, there] = [new Y.Doc(), new Y.Doc()];
    const [text, theirs] = [doc.getText("t"), there.getText("t")];
    const undo = new Y.UndoManager(text, { trackedOrigins: new Set([LOCAL]) });
    field = document.body.appendChild(document.createElement("textarea"));
    const binding = new TextBinding(text, field, { changed() {}, selected() {} });
    /** A place that is in the middle of no pair. */
    const place = (of: string) => {
      const at = upTo(of.length);
      return /[\uDC00-\uDFFF]/.test(of[at] ?? "") ? at - 1 : at;
    };
    const select = () => {
      const ends = [place(field.value), place(field.value)].sort((a, b) => a - b);
      field.setSelectionRange(ends[0] ?? 0, ends[1] ?? 0);
    };
    const type = () => {
      field.setRangeText(word(), field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input"));
    };
    const others = () => {
      const at = place(theirs.toString());
      if (random() < 0.8) theirs.insert(at, word());
      else
        theirs.delete(
          at,
          Math.min(theirs.length - at, [...theirs.toString().slice(at)][0]?.length ?? 0),
        );
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(there, Y.encodeStateVector(doc)), "remote");
    };
    const compose = () => {
      field.dispatchEvent(new CompositionEvent("compositionstart"));
      for (let n = upTo(3); n > 0; n--) (random() < 0.5 ? type : others)();
      const came = lettersOf(text, there.clientID);
      field.dispatchEvent(new CompositionEvent("compositionend"));
      return came;
    };
    for (let n = 0; n < 60; n++) {
      if (random() < 0.4) select();
      const seen = lettersOf(text, there.clientID);
      const act = random();
      if (act < 0.35) type();
      else if (act < 0.6) others();
      else if (act < 0.7) undo[random() < 0.6 ? "undo" : "redo"]();
      else {
        const came = [...compose()].filter((letter) => !seen.has(letter));
        const left = lettersOf(text, there.clientID);
        expect(came.filter((letter) => !left.has(letter))).toEqual([]);
      }
      expect(field.value).toBe(text.toString());
      expect(field.selectionStart).toBeLessThanOrEqual(field.selectionEnd);
      if (random() < 0.5) Y.applyUpdate(there, Y.encodeStateAsUpdate(doc));
    }
    Y.applyUpdate(there, Y.encodeStateAsUpdate(doc));
    expect(theirs.toString()).toBe(text.toString());
    expect(text.toString()).not.toMatch(/\p{Surrogate}/u);
    binding.destroy();
  },
);
