/**
 * Where others stand in a text that is being edited here: their carets and selections, drawn over
 * a copy of the text that the browser breaks into lines just as the field's.
 */

import type { Peer } from "~/hooks/presence";
import { scaleOf } from "~/pages/session/render/stage";
import styles from "~/pages/session/text/SharedText.module.css";

/** One other person's place in the text. */
export interface PeerCaret {
  readonly peer: Peer;
  readonly anchor: number;
  readonly head: number;
}

/** Draws carets into `layer`, which lies exactly over `mirror`. */
export function drawCarets(
  layer: HTMLElement,
  mirror: HTMLElement,
  carets: readonly PeerCaret[],
): void {
  layer.replaceChildren();
  const letters = mirror.firstChild;
  if (carets.length === 0 || !letters) {
    return;
  }
  const frame = mirror.getBoundingClientRect();
  const scale = scaleOf(mirror);
  const length = letters.textContent?.length ?? 0;
  for (const { peer, anchor, head } of carets) {
    const from = Math.min(anchor, head, length);
    const to = Math.min(Math.max(anchor, head), length);
    if (to > from) {
      for (const rect of rectsOf(letters, from, to)) {
        const mark = element(styles.selection, peer);
        place(mark, rect, frame, scale);
        mark.style.width = `${rect.width / scale}px`;
        layer.append(mark);
      }
    }
    const at = caretRect(mirror, head);
    if (at) {
      const caret = element(styles.caret, peer);
      const flag = element(styles.flag, peer);
      flag.textContent = peer.name;
      caret.append(flag);
      place(caret, at, frame, scale);
      layer.append(caret);
    }
  }
}

function element(className: string | undefined, peer: Peer): HTMLElement {
  const made = document.createElement("span");
  made.className = className ?? "";
  made.dataset.colour = peer.colour;
  return made;
}

function place(mark: HTMLElement, rect: DOMRect, frame: DOMRect, scale: number): void {
  mark.style.left = `${(rect.left - frame.left) / scale}px`;
  mark.style.top = `${(rect.top - frame.top) / scale}px`;
  mark.style.height = `${rect.height / scale}px`;
}

function rectsOf(letters: Node, from: number, to: number): DOMRect[] {
  const range = document.createRange();
  range.setStart(letters, from);
  range.setEnd(letters, to);
  return [...range.getClientRects()];
}

/** The place before a letter. At the text's end stands the mirror's own invisible last letter. */
export function caretRect(mirror: HTMLElement, index: number): DOMRect | undefined {
  const letters = mirror.firstChild;
  if (!letters) {
    return undefined;
  }
  const end = letters.textContent?.length ?? 0;
  const at = Math.min(index, end);
  return rectsOf(letters, at, at)[0] ?? rectsOf(letters, at, Math.min(at + 1, end))[0];
}
