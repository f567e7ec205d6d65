import type { ClipboardEvent, KeyboardEvent } from "react";
import { onClipboard } from "~/pages/session/actions/clipboard";
import { bindingFor, isMeantForWords, isTyping } from "~/pages/session/keys/match";
import { typeOver } from "~/pages/session/text/typeOver";
import { handsOf, knows, type OutlineContext, run } from "./actions";

/** What the tree listens to. */
export interface TreeKeys {
  onKeyDown: (event: KeyboardEvent) => void;
  onCopy: (event: ClipboardEvent) => void;
  onCut: (event: ClipboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
}

/** Keys and clipboard of the outline: those of the map, as far as they make sense in a list. */
export function treeKeys(context: OutlineContext): TreeKeys {
  const { outline, canEdit, gate } = context;
  const clipboard = (event: ClipboardEvent) => {
    if (!outline.editing) onClipboard(event, handsOf(context));
  };
  return {
    onKeyDown: (event) => {
      if (outline.editing) return; // The editor has its own keys.
      const press = event.nativeEvent;
      const binding = bindingFor(press, gate.voting());
      if (outline.adrift && isMeantForWords(press, binding)) {
        event.preventDefault(); // It was meant for the row that is gone, and for no other.
      } else if (binding && knows(binding.command) && (canEdit || !binding.edits)) {
        event.preventDefault();
        run(binding.command, context);
      } else if (!binding && isTyping(press)) {
        // Who may write writes. Others look for a row.
        if (!canEdit) findRow(context, event.key);
        else typeOn(context, event);
      }
    },
    onCopy: clipboard,
    onCut: clipboard,
    onPaste: (event) => {
      if (!outline.adrift) clipboard(event);
    },
  };
}

/** Opens a row for the letter that was typed: the chosen one, else a new branch. */
function typeOn(context: OutlineContext, event: KeyboardEvent): void {
  const { outline, gate } = context;
  const { active, isChosen } = outline;
  // Who has just come in and writes has an idea, and does not mean the topic's words.
  const isWithheld = gate.withheld(isChosen ? "edit" : "addChild", { ids: [active] });
  if (isWithheld) event.preventDefault();
  else typeOver(() => (isChosen ? outline.edit(active) : run("addChild", context)));
}

/** The next row that begins with a letter, round the list. */
function findRow({ room, outline }: OutlineContext, letter: string): void {
  const at = outline.indexOf.get(outline.active) ?? 0;
  const order = [...outline.rows.slice(at + 1), ...outline.rows.slice(0, at)];
  const next = order.find(({ id }) =>
    room.model
      .node(id)
      ?.text.trimStart()
      .toLocaleLowerCase()
      .startsWith(letter.toLocaleLowerCase()),
  );
  if (next) outline.select(next.id);
}
