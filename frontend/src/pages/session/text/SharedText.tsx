import type { TFunction } from "i18next";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type * as Y from "yjs";
import { classes } from "~/components/classes";
import { toast } from "~/components/Toast";
import { type PresenceRoom, peersOf } from "~/hooks/presence";
import type { Step } from "~/map/commands";
import { NOTE_LIMIT, type NodeId, TEXT_LIMIT } from "~/map/schema";
import { anchorAt, indexOfAnchor } from "~/map/textDelta";
import { letterOf } from "~/pages/session/keys/match";
import { caretRect, drawCarets, type PeerCaret } from "~/pages/session/text/carets";
import styles from "~/pages/session/text/SharedText.module.css";
import { TextBinding } from "~/pages/session/text/TextBinding";

/** What a shared text field needs to know. */
export interface SharedTextProps {
  text: Y.Text;
  node: NodeId;
  field: "text" | "note";
  room: { readonly room: PresenceRoom };
  /** Enter makes a new line; without it, Enter commits and Shift+Enter makes one. */
  multiline?: boolean;
  /** Its name for those who hear it. */
  label: string;
  autoFocus?: boolean;
  readOnly?: boolean;
  placeholder?: string;
  className?: string;
  /** The browser's own undo knows nothing of what others wrote in between. */
  onStep: (what: Step) => void;
  onCommit?: () => void;
  onCancel?: () => void;
  /** Keys that the field has no use for. Not called while an input method composes. */
  onKey?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onBlur?: () => void;
  /** Told when the caret goes elsewhere: `caret` measures where on the screen it stands. */
  onCaret?: (caret: () => DOMRect | undefined) => void;
}

/** A text that several people may write in at once. It grows with its text and shows their carets. */
export function SharedText(props: SharedTextProps) {
  const { text, node, field, room, label, multiline = false, readOnly = false } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const { autoFocus = false } = props;
  const onCaret = useRef(props.onCaret);
  onCaret.current = props.onCaret;
  const { t } = useTranslation();
  const limit = field === "text" ? TEXT_LIMIT : NOTE_LIMIT;

  useLayoutEffect(() => {
    if (area.current && mirror.current && layer.current) {
      return bind(text, node, field, room.room, {
        area: area.current,
        mirror: mirror.current,
        layer: layer.current,
        onCaret: (caret) => onCaret.current?.(caret),
      });
    }
    return undefined;
  }, [text, node, field, room.room]);

  useLayoutEffect(() => {
    if (autoFocus && area.current) {
      const end = area.current.value.length;
      area.current.focus({ preventScroll: true });
      area.current.setSelectionRange(end, end);
    }
  }, [autoFocus]);

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // 229: the input method has the key (browsers that end the composition before they tell).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (handleKey(event, multiline, props)) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      props.onKey?.(event);
    }
  };

  return (
    <div className={classes(styles.shared, props.className)}>
      <div ref={mirror} className={styles.mirror} dir="auto" aria-hidden="true" />
      <textarea
        ref={area}
        className={styles.field}
        dir="auto"
        rows={1}
        aria-label={label}
        readOnly={readOnly}
        placeholder={props.placeholder}
        maxLength={limit}
        spellCheck
        onInput={(event) => {
          if (event.currentTarget.value.length >= limit) tellFull(t, field, limit);
        }}
        onKeyDown={keyDown}
        onBlur={props.onBlur}
      />
      <div ref={layer} className={styles.carets} aria-hidden="true" />
    </div>
  );
}

/** The browser drops what is too much without a word. */
function tellFull(t: TFunction, field: "text" | "note", limit: number): void {
  const words = field === "text" ? "map.full.note" : "map.full.text";
  toast({ title: t("map.full.title"), text: t(words, { limit }), tone: "note" });
}

interface Parts {
  readonly area: HTMLTextAreaElement;
  readonly mirror: HTMLElement;
  readonly layer: HTMLElement;
  readonly onCaret: (caret: () => DOMRect | undefined) => void;
}

/** Binds the field to the text and to presence; returns how to let go. */
function bind(
  text: Y.Text,
  node: NodeId,
  field: "text" | "note",
  room: PresenceRoom,
  { area, mirror, layer, onCaret }: Parts,
): () => void {
  let request = 0;
  const draw = (): void => {
    request = 0;
    const carets: PeerCaret[] = [];
    for (const peer of peersOf(room.awareness)) {
      if (peer.caret?.node !== node || peer.caret.field !== field) continue;
      const anchor = indexOfAnchor(text, peer.caret.anchor);
      const head = indexOfAnchor(text, peer.caret.head);
      if (anchor !== null && head !== null) carets.push({ peer, anchor, head });
    }
    drawCarets(layer, mirror, carets);
  };
  const redraw = (): void => {
    request ||= requestAnimationFrame(draw);
  };
  const binding = new TextBinding(text, area, {
    changed: (value) => {
      // A last letter without width, so that an empty last line has a height and the end a place.
      mirror.textContent = `${value}\u200b`;
      redraw();
    },
    selected: (selection) => {
      room.setPresence({
        caret: selection && {
          node,
          field,
          anchor: anchorAt(text, selection.anchor),
          head: anchorAt(text, selection.head),
        },
      });
      if (selection) onCaret(() => caretRect(mirror, selection.head));
    },
  });
  room.awareness.on("change", redraw);
  return () => {
    cancelAnimationFrame(request);
    room.awareness.off("change", redraw);
    binding.destroy();
  };
}

/** The field's own keys; true where it was one. */
function handleKey(
  event: KeyboardEvent<HTMLTextAreaElement>,
  multiline: boolean,
  { onStep, onCommit, onCancel }: SharedTextProps,
): boolean {
  const mod = event.ctrlKey || event.metaKey;
  const key = letterOf(event).toLowerCase();
  if (mod && !event.altKey && (key === "z" || key === "y")) {
    onStep(key === "y" || event.shiftKey ? "redo" : "undo");
    return true;
  }
  if (event.key === "Enter" && onCommit && !mod && (multiline ? false : !event.shiftKey)) {
    onCommit();
    return true;
  }
  if (event.key === "Escape" && onCancel) {
    onCancel();
    return true;
  }
  return false;
}
