import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { LOCAL } from "~/map/schema";
import { type BindingEvents, TextBinding } from "~/pages/session/text/TextBinding";

let doc: Y.Doc;
let text: Y.Text;
let field: HTMLTextAreaElement;
let binding: TextBinding;
const events = { changed: vi.fn(), selected: vi.fn<BindingEvents["selected"]>() };

beforeEach(() => {
  doc = new Y.Doc();
  text = doc.getText("t");
  text.insert(0, "Fraud by phone");
  field = document.body.appendChild(document.createElement("textarea"));
  binding = new TextBinding(text, field, events);
  field.focus();
});

afterEach(() => {
  binding.destroy();
  field.remove();
});

/** Types at the caret, as a browser does. */
function type(words: string): void {
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
}

/** Somebody else's edit comes in. */
function remote(edit: (there: Y.Text) => void): void {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  edit(other.getText("t"));
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), "remote");
}

describe("a field bound to a shared text", () => {
  it("writes what is typed, where it is typed", () => {
    field.setSelectionRange(5, 5);
    type(" again");
    expect(text.toString()).toBe("Fraud again by phone");
  });

  it("takes in what others write, and leaves the caret among its letters", () => {
    field.setSelectionRange(6, 8);
    remote((there) => there.insert(0, "More "));
    expect(field.value).toBe("More Fraud by phone");
    expect([field.selectionStart, field.selectionEnd]).toEqual([11, 13]);
    remote((there) => there.delete(0, 5));
    expect([field.selectionStart, field.selectionEnd]).toEqual([6, 8]);
  });

  it("leaves others the words that come at either end of a selection, which typing replaces", () => {
    field.setSelectionRange(9, 14);
    remote((there) => there.insert(14, "!"));
    remote((there) => there.insert(9, "mobile "));
    expect(field.value).toBe("Fraud by mobile phone!");
    type("mail");
    expect(text.toString()).toBe("Fraud by mobile mail!");
  });

  it("has the caret behind what an undo brings back", () => {
    const undo = new Y.UndoManager(text, { trackedOrigins: new Set([LOCAL]) });
    field.setSelectionRange(6, 14);
    type("");
    expect(field.value).toBe("Fraud ");
    undo.undo();
    expect(field.value).toBe("Fraud by phone");
    expect([field.selectionStart, field.selectionEnd]).toEqual([14, 14]);
    undo.redo();
    expect([field.selectionStart, field.selectionEnd]).toEqual([6, 6]);
  });

  it("says where the caret is, and that it is gone", () => {
    field.setSelectionRange(3, 3);
    type("!");
    expect(events.selected).toHaveBeenLastCalledWith({ anchor: 4, head: 4 });
    field.blur();
    expect(events.selected).toHaveBeenLastCalledWith(null);
  });
});

describe("an input method", () => {
  it("sends nothing of half a word, and loses nothing that others write meanwhile", () => {
    field.setSelectionRange(14, 14);
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    type("に");
    remote((there) => there.insert(0, "* "));
    expect(text.toString()).toBe("* Fraud by phone");
    expect(field.value).toBe("Fraud by phoneに");
    field.setRangeText("日本", 14, 15, "end");
    field.dispatchEvent(new CompositionEvent("compositionend"));
    expect(text.toString()).toBe("* Fraud by phone日本");
    expect(field.value).toBe("* Fraud by phone日本");
    expect(field.selectionEnd).toBe(18);
  });

  it("leaves others the words that come into a selection while an input method replaces it", () => {
    field.setSelectionRange(0, 8);
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    type("ま");
    remote((there) => there.insert(5, " and theft"));
    remote((there) => there.insert(0, "More: "));
    field.dispatchEvent(new CompositionEvent("compositionend"));
    expect(text.toString()).toBe("More: ま and theft phone");
    expect(field.selectionEnd).toBe("More: ま".length);
  });

  it("keeps the caret where it is when an input method ends without a change, or with one before it", () => {
    field.setSelectionRange(8, 8);
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    remote((there) => there.insert(0, "* "));
    field.dispatchEvent(new CompositionEvent("compositionend"));
    expect(field.selectionEnd).toBe(10);

    field.dispatchEvent(new CompositionEvent("compositionstart"));
    remote((there) => there.insert(0, "* "));
    field.setRangeText("Froud", 2, 7, "preserve");
    field.dispatchEvent(new CompositionEvent("compositionend"));
    expect(text.toString()).toBe("* * Froud by phone");
    expect(field.selectionEnd).toBe(12);
  });

  it("takes in a word that is not finished when the field goes away", () => {
    field.setSelectionRange(0, 0);
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    type("Ä");
    binding.destroy();
    expect(text.toString()).toBe("ÄFraud by phone");
  });
});
