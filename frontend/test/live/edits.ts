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
import { COLOURS, KINDS, type NodeId, noteOf, ROOT, textOf } from "~/map/schema";
import { editText } from "~/map/textDelta";
import type { RoomClient } from "~/sync/RoomClient";
import { AUTHOR } from "../maps";

const WORDS = ["drones", "Körperkamera", "evidence 😀", "night", "工具", "border", "a"];

/** Makes one edit; none where the map is not there yet. */
export function editAtRandom({ doc }: RoomClient, random: () => number): void {
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
    () => addChild(doc, AUTHOR, one(ids), words()),
    () => addChild(doc, AUTHOR, one(ids), words(), 0),
    () => addSibling(doc, AUTHOR, one(ids), random() < 0.5 ? "before" : "after", words()),
    () => addParent(doc, AUTHOR, one(ids)),
    () => paste(doc, AUTHOR, one(ids), "one\n\ttwo\n\t\tthree\n\tfour\nfive"),
    () => write(textOf(doc, one(ids))),
    () => write(textOf(doc, one(ids))),
    () => write(noteOf(doc, one(ids))),
    () => move(doc, some(), one(ids), random() < 0.5 ? null : one(ids)),
    () => move(doc, some(), one(ids), null),
    () => one([moveUp, moveDown, promote, demote])(doc, some()),
    () => setKind(doc, some(), random() < 0.2 ? null : one(KINDS)),
    () => setColour(doc, some(), one(COLOURS)),
    () => (random() < 0.4 ? remove(doc, AUTHOR, some()) : null),
    () => (random() < 0.4 ? removeKeepingChildren(doc, AUTHOR, some()) : null),
    () => {
      const [top] = model.trash();
      if (top) restore(doc, top.id);
    },
  ];
  // A map that only grows would be slow to compare, one that only shrinks dull.
  if (ids.length > 150)
    remove(
      doc,
      AUTHOR,
      [one(ids), one(ids)].filter((id) => id !== ROOT),
    );
  else one(edits)();
}
