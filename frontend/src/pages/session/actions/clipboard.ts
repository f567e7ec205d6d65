/**
 * Branches to and from the clipboard: with all they have for a map of this browser, as indented text
 * for any other program.
 *
 * What was cut here and is pasted again is moved and not made anew: it keeps its comments and its
 * author, too.
 */

import { settled, toast } from "~/components/Toast";
import * as commands from "~/map/commands";
import { topMost } from "~/map/edit";
import type { NodeId } from "~/map/schema";
import { i18n } from "~/messages/i18n";
import type { Hands } from "~/pages/session/actions/hands";
import { readLists } from "~/pages/session/actions/htmlLists";

/** The clipboard's name for branches with all they have; only pages of this browser read it. */
const BRANCHES = "application/x-gapmap+json";
/** Has a browser hand HTML over with what Word says in it of levels, which it takes out otherwise; unknown to others. */
const UNTOUCHED: object = { unsanitized: ["text/html"] };
/** What a paste that is too much is said about, until one succeeds. */
const TOO_MUCH = "paste";

/** What was copied or cut last on this page. */
let last: { readonly carried: commands.Carried; readonly cut: readonly NodeId[] } | null = null;

/** What of an event of the clipboard is used here. */
interface ClipboardPress {
  readonly type: string;
  readonly clipboardData: DataTransfer | null;
  preventDefault(): void;
}

/** What the browser's keys and menus for copy, cut and paste do in a view of the map. */
export function onClipboard(event: ClipboardPress, hands: Hands): void {
  const { clipboardData, type } = event;
  if (!clipboardData) return;
  if (type === "paste") {
    const text = clipboardData.getData("text/plain");
    if (!hands.canEdit || text === "") return;
    event.preventDefault();
    const branches = clipboardData.getData(BRANCHES);
    paste(hands, carriedBy(text, clipboardData.getData("text/html"), branches));
    return;
  }
  const carried = type === "cut" && hands.canEdit ? cut(hands) : copy(hands);
  if (carried === null) return;
  event.preventDefault();
  clipboardData.setData("text/plain", carried.text);
  clipboardData.setData(BRANCHES, carried.branches);
}

/** What came over the clipboard. What a map gave tells more than lists do. */
function carriedBy(text: string, html: string, branches = ""): commands.Carried {
  return { text, branches, lists: branches === "" ? readLists(html) : null };
}

/**
 * What the clipboard holds, for a menu: as its keys get it, but for what only they are given. Fails where
 * the browser's user does not let it.
 */
export async function readClipboard(clipboard: Clipboard): Promise<commands.Carried> {
  // Some browsers give a menu no more than text.
  if (!clipboard.read) return carriedBy(await clipboard.readText(), "");
  const read: (options: object) => Promise<ClipboardItems> = clipboard.read.bind(clipboard);
  const items = await read(UNTOUCHED);
  const get = async (type: string) => {
    const item = items.find(({ types }) => types.includes(type));
    return item ? (await item.getType(type)).text() : "";
  };
  return carriedBy(await get("text/plain"), await get("text/html"));
}

/** The selected branches; null where nothing is selected. */
export function copy({ model, ids }: Hands): commands.Carried | null {
  if (ids.length === 0) return null;
  const carried = commands.copyBranches(model, ids);
  last = { carried, cut: [] };
  return carried;
}

/** Takes the selected branches out and gives them; null where there are none, or they may not be taken. */
export function cut(hands: Hands): commands.Carried | null {
  const ids = topMost(hands.model, hands.ids);
  if (ids.length === 0 || hands.gate.withheld("remove", { ids })) return null;
  const carried = commands.copyBranches(hands.model, ids);
  hands.run("remove");
  last = { carried, cut: ids };
  return carried;
}

/** Puts under the active node what the clipboard holds. Without `branches`, what was copied here is known by its text. */
export function paste(hands: Hands, carried: commands.Carried): void {
  const own = isLast(carried) ? last : null;
  const ids = moveBack(hands, own?.cut ?? []) ?? pasteNew(hands, own?.carried ?? carried);
  if (ids.length === 0) return;
  settled(TOO_MUCH);
  hands.show(hands.active, ids);
}

function isLast({ text, branches }: commands.Carried): boolean {
  if (last === null) return false;
  if (branches !== "") return branches === last.carried.branches;
  return text.replaceAll("\r\n", "\n").trim() === last.carried.text.trim();
}

/** Moves what was cut under the active node; null where it is not in the trash any more. */
function moveBack(hands: Hands, ids: readonly NodeId[]): readonly NodeId[] | null {
  const { doc, gate, active } = hands;
  if (!commands.areDeleted(doc, ids)) return null;
  if (gate.withheld("restore", { ids }) || gate.withheld("move", { ids: [], to: [active] }))
    return [];
  commands.moveOutOfTrash(doc, ids, active);
  return ids;
}

/** Makes branches anew under the active node. Says where it is too much. */
function pasteNew(hands: Hands, carried: commands.Carried): readonly NodeId[] {
  const { doc, author, gate, active } = hands;
  const items = commands.readCarried(carried);
  if (items.length === 0 || gate.withheld("add", { ids: [active] })) return [];
  const { nodes, isTooMuch } = commands.weighPaste(items);
  if (!isTooMuch) {
    const withLinks = gate.reason("link", { ids: [active] }) === null;
    return commands.paste(doc, author, active, items, withLinks);
  }
  toast({
    about: TOO_MUCH,
    title: i18n.t("map.paste.tooMuch"),
    text: i18n.t("map.paste.tooMuchText", { count: nodes }),
    tone: "danger",
  });
  return [];
}
