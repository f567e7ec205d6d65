import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { OpenMap } from "~/hooks/roomState";
import { textOf } from "~/map/schema";
import type { ActionContext } from "~/pages/session/actions/context";
import { addChild } from "~/pages/session/actions/edits";
import { run } from "~/pages/session/actions/run";
import { bindingFor } from "~/pages/session/keys/match";
import type { Editing } from "~/pages/session/render/viewState";
import { SharedText } from "~/pages/session/text/SharedText";

interface NodeEditorProps {
  map: OpenMap;
  editing: Editing;
  /** What commands work on, as of now. */
  context: () => ActionContext;
}

/**
 * The text of a node, edited in its place. Enter or leaving it commits; Escape takes back what was
 * written here, and nothing of what others wrote meanwhile; Tab goes on with a child.
 */
export function NodeEditor({ map, editing, context }: NodeEditorProps) {
  const { t } = useTranslation();
  const text = textOf(map.doc, editing.id);
  const end = useEnding(map, editing, context);
  if (!text) return null;

  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const command = bindingFor(event.nativeEvent)?.command;
    if (command === "links" || command === "linkOffer") {
      event.preventDefault();
      if (command === "links") end("commit");
      run(command, context());
    }
    if (event.key !== "Tab") return;
    event.preventDefault();
    if (editing.fresh && isUnused(map, editing)) return;
    end("commit");
    if (!event.shiftKey) addChild(context(), editing.id);
  };
  // Leaving the window is not leaving the field: coming back, one writes on.
  const onBlur = () => document.hasFocus() && end("commit");
  return (
    <SharedText
      text={text}
      node={editing.id}
      field="text"
      room={map}
      label={t("map.editText")}
      autoFocus
      onCommit={() => end("commit")}
      onCancel={() => end("cancel")}
      onKey={onKey}
      onBlur={onBlur}
      onCaret={(caret) => context().view.followCaret(caret)}
    />
  );
}

/** Ends the editing, once. */
function useEnding(map: OpenMap, editing: Editing, context: () => ActionContext) {
  const start = useRef<number | null>(null);
  useEffect(() => {
    map.undo.stopCapturing();
    start.current = map.undo.undoStack.length;
  }, [map.undo]);

  return (how: "commit" | "cancel") => {
    const { view, undo } = context();
    const depth = start.current;
    if (depth === null || view.getState().editing !== editing) return;
    start.current = null;
    const wasActive = view.selection.active === editing.id;
    view.endEdit();
    if (how === "cancel") {
      while (undo.undoStack.length > depth) undo.undo();
      undo.clear(false, true); // Nobody expects Redo to bring back what Escape took away.
    }
    if (editing.fresh && isUnused(map, editing)) {
      // The making of the node is the step below what was written in it.
      while (undo.undoStack.length >= depth && undo.undoStack.length > 0) undo.undo();
      if (wasActive) view.select(editing.from);
    }
  };
}

function isUnused(map: OpenMap, { id }: Editing): boolean {
  const node = map.model.node(id);
  return node !== undefined && node.text.trim() === "" && node.children.length === 0;
}
