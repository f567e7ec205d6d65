/**
 * Keeps a text area and a shared text the same, in both directions.
 *
 * What others write comes in without moving the caret among its letters. While an input method
 * composes, the field is left alone and nothing is sent: half a word is nobody's text.
 */

import type * as Y from "yjs";
import {
  applyChange,
  changeNow,
  type Delta,
  editText,
  endOfDelta,
  moveThroughDelta,
  textChange,
} from "~/map/textDelta";

/** What a binding tells. */
export interface BindingEvents {
  /** The field holds another text: its size may have changed. */
  changed(value: string): void;
  /** The caret or selection is elsewhere; null when the field is left. */
  selected(selection: { anchor: number; head: number } | null): void;
}

/** One field bound to one text. */
export class TextBinding {
  private readonly abort = new AbortController();
  private writing = false;
  private composing = false;
  /** The field's text when the composition began, and what others changed since. */
  private base = "";
  private missed: Delta[] = [];
  private readonly observer = ({ delta, transaction }: Y.YTextEvent): void =>
    this.receive(delta, transaction.local);

  constructor(
    private readonly text: Y.Text,
    private readonly field: HTMLTextAreaElement,
    private readonly events: BindingEvents,
  ) {
    const { signal } = this.abort;
    field.value = text.toString();
    text.observe(this.observer);
    field.addEventListener("input", () => this.input(), { signal });
    field.addEventListener("compositionstart", () => this.compositionStart(), { signal });
    field.addEventListener("compositionend", () => this.compositionEnd(), { signal });
    field.addEventListener("focus", () => this.tellSelection(), { signal });
    field.addEventListener("blur", () => events.selected(null), { signal });
    document.addEventListener("selectionchange", () => this.tellSelection(), { signal });
    events.changed(field.value);
  }

  /** Lets both go. What an input method has not finished is taken in as it stands. */
  destroy(): void {
    if (this.abort.signal.aborted) {
      return;
    }
    if (this.composing) {
      this.compositionEnd();
    }
    this.abort.abort();
    this.text.unobserve(this.observer);
    this.events.selected(null);
  }

  private input(): void {
    if (!this.composing) {
      this.write(() => editText(this.text, this.field.value, this.field.selectionEnd));
    }
    this.events.changed(this.field.value);
    this.tellSelection();
  }

  private compositionStart(): void {
    this.composing = true;
    this.base = this.field.value;
    this.missed = [];
  }

  private compositionEnd(): void {
    this.composing = false;
    if (this.missed.length === 0) {
      this.input();
      return;
    }
    const { value, selectionEnd } = this.field;
    const change = textChange(this.base, value, selectionEnd);
    const none = { at: selectionEnd, removed: 0, inserted: "" };
    const { changes, caret } = changeNow(change ?? none, selectionEnd, this.missed);
    this.write(() => {
      for (const it of changes) applyChange(this.text, it);
    });
    this.show(caret, caret);
  }

  private receive(delta: Delta, isOwn: boolean): void {
    if (this.writing) {
      return;
    }
    if (this.composing) {
      this.missed.push(delta);
      return;
    }
    // One's own comes from elsewhere when it is taken back or done again.
    const end = endOfDelta(delta);
    const { anchor, head } = isOwn
      ? { anchor: end, head: end }
      : moveThroughDelta(this.selection(), delta);
    this.show(anchor, head);
  }

  private show(anchor: number, head: number): void {
    this.field.value = this.text.toString();
    const direction = head < anchor ? "backward" : "forward";
    this.field.setSelectionRange(Math.min(anchor, head), Math.max(anchor, head), direction);
    this.events.changed(this.field.value);
    this.tellSelection();
  }

  private write(change: () => void): void {
    this.writing = true;
    try {
      change();
    } finally {
      this.writing = false;
    }
  }

  private selection(): { anchor: number; head: number } {
    const { selectionStart, selectionEnd, selectionDirection } = this.field;
    return selectionDirection === "backward"
      ? { anchor: selectionEnd, head: selectionStart }
      : { anchor: selectionStart, head: selectionEnd };
  }

  private tellSelection(): void {
    if (document.activeElement === this.field && !this.composing) {
      this.events.selected(this.selection());
    }
  }
}
