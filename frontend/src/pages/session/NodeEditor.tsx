import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { OpenMap } from "~/hooks/roomState";
import { textOf } from "~/map/schema";
import { beginWriting, endWriting, goStep, isUnused } from "~/pages/session/actions/back";
import type { ActionContext } from "~/pages/session/actions/context";
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
      if (command === "links") end("keep");
      run(command, context());
    }
    if (event.key !== "Tab") return;
    event.preventDefault();
    if (editing.fresh && isUnused(map.model, editing.id)) return;
    end("keep");
    if (!event.shiftKey) run("addChild", context());
  };
  // Leaving the window is not leaving the field: coming back, one writes on.
  const onBlur = () => document.hasFocus() && end("keep");
  return (
    <SharedText
      text={text}
      node={editing.id}
      field="text"
      room={map}
      label={t("map.editText")}
      autoFocus
      onStep={(what) => goStep(map.undo, context().page.gate, what)}
      onCommit={() => end("keep")}
      onCancel={() => end("takeBack")}
      onKey={onKey}
      onBlur={onBlur}
      onCaret={(caret) => context().view.followCaret(caret)}
    />
  );
}

/** Ends the editing, once. */
function useEnding(map: OpenMap, editing: Editing, context: () => ActionContext) {
  const start = useRef<ReturnType<typeof beginWriting> | null>(null);
  useEffect(() => {
    start.current = beginWriting(map.undo);
  }, [map.undo]);

  return (how: "keep" | "takeBack") => {
    const { view, page } = context();
    const before = start.current;
    if (before === null || view.getState().editing !== editing) return;
    start.current = null;
    const wasActive = view.selection.active === editing.id;
    view.endEdit();
    const isGone = endWriting(map, page.gate, { ...editing, before }, how);
    if (isGone && wasActive) view.select(editing.from);
  };
}
