import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Step } from "~/map/commands";
import { type NodeId, textOf } from "~/map/schema";
import { bindingFor } from "~/pages/session/keys/match";
import type { PanelRoom } from "~/pages/session/panelProps";
import { SharedText } from "~/pages/session/text/SharedText";
import styles from "./Outline.module.css";

interface OutlineEditorProps {
  id: NodeId;
  room: PanelRoom;
  end: (how: "keep" | "takeBack") => void;
  /** Tab: done here, and on with a child. */
  onTab: () => void;
  /** A key that links. */
  onLink: (command: "links" | "linkOffer") => void;
  onStep: (what: Step) => void;
}

/** The text of a row, written in its place, together with whoever else is at it. */
export function OutlineEditor({ id, room, end, onTab, onLink, onStep }: OutlineEditorProps) {
  const { t } = useTranslation();
  const text = textOf(room.doc, id);
  if (!text) return null;
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const command = bindingFor(event.nativeEvent)?.command;
    if (command === "links" || command === "linkOffer") {
      event.preventDefault();
      onLink(command);
    }
    if (event.key !== "Tab" || event.shiftKey) return;
    event.preventDefault();
    onTab();
  };
  return (
    <div className={styles.editor}>
      <SharedText
        text={text}
        node={id}
        field="text"
        room={room}
        label={t("map.editText")}
        autoFocus
        onStep={onStep}
        onCommit={() => end("keep")}
        onCancel={() => end("takeBack")}
        onKey={onKey}
        // Leaving the window is not leaving the row: coming back, one writes on.
        onBlur={() => document.hasFocus() && end("keep")}
      />
    </div>
  );
}
