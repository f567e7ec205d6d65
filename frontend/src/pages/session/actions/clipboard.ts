/**
 * Branches to and from the clipboard, as indented text.
 *
 * What was cut here and is pasted again is moved and not made anew: it keeps its notes and links.
 */

import type * as Y from "yjs";
import { settled, toast } from "~/components/Toast";
import * as commands from "~/map/commands";
import { fieldsOf, type NodeId, ROOT } from "~/map/schema";
import { i18n } from "~/messages/i18n";
import type { ActionContext } from "~/pages/session/actions/context";
import { activeNode, remove } from "~/pages/session/actions/edits";

const TOO_MUCH = "paste";

/** What was cut last, on this page. */
let lastCut: { readonly text: string; readonly ids: readonly NodeId[] } | null = null;

/** The selected branches as text; null where nothing is selected. */
export function copy({ model, view }: ActionContext): string | null {
  const ids = view.selection.list();
  return ids.length > 0 ? commands.copyText(model, ids) : null;
}

/** Takes the selected branches out and gives their text. */
export function cut(ctx: ActionContext): string | null {
  const ids = ctx.view.selection.list().filter((id) => id !== ROOT);
  const text = ids.length > 0 ? commands.copyText(ctx.model, ids) : null;
  if (text !== null && !ctx.page.gate.withheld("remove", { ids })) {
    rememberCut(text, ids);
    remove(ctx);
  }
  return text;
}

/** Puts text under the active node, as branches. */
export function paste(ctx: ActionContext, text: string): void {
  const parent = activeNode(ctx);
  if (ctx.page.gate.withheld("add", { ids: [parent] })) return;
  ctx.view.scene.fold(parent, false);
  const ids = pasteUnder(ctx, parent, text);
  if (ids.length > 0) {
    ctx.view.selection.all(ids);
    ctx.view.reveal(ids[0] ?? parent);
  }
}

/** Puts text under a node: what was cut here last comes back, all else is made anew. Says where it is too much. */
export function pasteUnder(
  { doc, author }: Pick<ActionContext, "doc" | "author">,
  parent: NodeId,
  text: string,
): readonly NodeId[] {
  const back = takeBack(doc, text, parent);
  const { nodes, isTooMuch } = commands.weighPaste(text);
  if (back || !isTooMuch) {
    settled(TOO_MUCH);
    return back ?? commands.paste(doc, author, parent, text);
  }
  toast({
    about: TOO_MUCH,
    title: i18n.t("map.paste.tooMuch"),
    text: i18n.t("map.paste.tooMuchText", { count: nodes }),
    tone: "danger",
  });
  return [];
}

/** Says that these branches were put into the trash in order to be pasted elsewhere. */
export function rememberCut(text: string, ids: readonly NodeId[]): void {
  lastCut = { text, ids };
}

/** Moves what was cut last under a node, where this is its text; else null. */
function takeBack(doc: Y.Doc, text: string, parent: NodeId): readonly NodeId[] | null {
  const cutOut = lastCut;
  if (cutOut === null || cutOut.text.trim() !== text.replaceAll("\r\n", "\n").trim()) {
    return null;
  }
  lastCut = null;
  if (!cutOut.ids.every((id) => fieldsOf(doc, id)?.has("deleted"))) {
    return null; // Somebody has restored them meanwhile; this paste makes a copy.
  }
  for (const id of cutOut.ids) {
    commands.restore(doc, id);
  }
  commands.move(doc, cutOut.ids, parent, null);
  return cutOut.ids;
}
