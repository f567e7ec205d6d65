/** Random edits of a map, as people make them: through the commands. */
import {
  addChild,
  addParent,
  addSibling,
  demote,
  move,
  moveDown,
  moveUp,
  paste,
  promote,
  remove,
  removeKeepingChildren,
  restore,
  setColour,
  setKind,
} from "~/map/commands";
import { modelOf } from "~/map/model";
import { parseOutline } from "~/map/outlineText";
import { COLOURS, KINDS, type NodeId, noteOf, ROOT, textOf } from "~/map/schema";
import { editText } from "~/map/textDelta";
import type { RoomClient } from "~/sync/RoomClient";

const WORDS = ["drones", "Körperkamera", "evidence 😀", "night", "工具", "border", "a"];

/** Makes one edit; none where the map is not there yet. */
export function editAtRandom({ doc, status }: RoomClient, random: () => number): void {
  const author = { id: status.participant ?? "" };
  const model = modelOf(doc);
  const ids = [...model.walk()].map((node) => node.id);
  if (ids.length === 0) return;
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const some = (): NodeId[] => [one(ids), ...(random() < 0.3 ? [one(ids), one(ids)] : [])];
  const words = () => `${one(WORDS)} ${one(WORDS)}`;
  const write = (text: ReturnType<typeof textOf>) => {
    if (!text) return;
    const before = text.toString();
    const at = Math.floor(random() * (before.length + 1));
    const cut = random() < 0.3 ? Math.floor(random() * 4) : 0;
    const added = random() < 0.8 ? one(WORDS) : "";
    editText(text, before.slice(0, at) + added + before.slice(at + cut), at + added.length);
  };
  const edits: (() => unknown)[] = [
    () => addChild(doc, author, one(ids), words()),
    () => addChild(doc, author, one(ids), words(), 0),
    () => addSibling(doc, author, one(ids), random() < 0.5 ? "before" : "after", words()),
    () => addParent(doc, author, one(ids)),
    () => paste(doc, author, one(ids), parseOutline("one\n\ttwo\n\t\tthree\n\tfour\nfive")),
    () => write(textOf(doc, one(ids))),
    () => write(textOf(doc, one(ids))),
    () => write(noteOf(doc, one(ids))),
    () => move(doc, some(), one(ids), random() < 0.5 ? null : one(ids)),
    () => move(doc, some(), one(ids), null),
    () => one([moveUp, moveDown, promote, demote])(doc, some()),
    () => setKind(doc, some(), random() < 0.2 ? null : one(KINDS)),
    () => setColour(doc, some(), one(COLOURS)),
    () => (random() < 0.4 ? remove(doc, author, some()) : null),
    () => (random() < 0.4 ? removeKeepingChildren(doc, author, some()) : null),
    () => {
      const [top] = model.trash();
      if (top) restore(doc, top.id);
    },
  ];
  // A map that only grows would be slow to compare, one that only shrinks dull.
  if (ids.length > 150)
    remove(
      doc,
      author,
      [one(ids), one(ids)].filter((id) => id !== ROOT),
    );
  else one(edits)();
}
