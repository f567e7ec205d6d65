// @vitest-environment node
/** Undo and redo among random edits of one's own and of others, against two simple rules. */
import { expect, it } from "vitest";
import * as Y from "yjs";
import {
  addChild,
  addComment,
  addParent,
  addSibling,
  createUndo,
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
  setRelation,
} from "~/map/commands";
import { MapModel } from "~/map/model";
import { parseOutline } from "~/map/outlineText";
import { COLOURS, KINDS, type NodeId, nodesOf, ROOT, textOf } from "~/map/schema";
import { applyChange } from "~/map/textDelta";
import { goStep } from "~/pages/session/actions/back";
import { OPEN_GATE } from "~/pages/session/actions/context";
import { exchange, mapOf } from "./maps";
import { seeded } from "./random";

const MAP = `
  a
    b
      c
  d
    e
  f
`;

/** Somebody who edits at random. Each letter that they write is theirs alone. */
class Hand {
  readonly model: MapModel;
  private written = 0;

  constructor(
    readonly doc: Y.Doc,
    private readonly name: string,
    private readonly random: () => number,
  ) {
    this.model = new MapModel(doc);
  }

  /** One edit, whatever it is; some change nothing. */
  edit(): void {
    this.pick(this.edits())();
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }

  private edits(): (() => void)[] {
    const { doc, model } = this;
    const author = { id: this.name };
    const ids = Array.from(model.walk(), ({ id }) => id);
    const [id, other] = [this.pick(ids), this.pick(ids)];
    const trash = model.trash();
    const type = () => this.type(id);
    return [
      ...[type, type, type, type],
      () => addChild(doc, author, id, this.word()),
      () => addSibling(doc, author, id, this.pick(["before", "after"]), this.word()),
      () => addParent(doc, author, id),
      () => move(doc, [id], other, this.pick([null, ...ids])),
      () => this.pick([moveUp, moveDown, promote, demote])(doc, [id, other]),
      () => remove(doc, author, [id]),
      () => removeKeepingChildren(doc, author, [id]),
      () => trash.length > 0 && restore(doc, this.pick(trash).id),
      () => setKind(doc, [id], this.pick([null, ...KINDS])),
      () => setColour(doc, [id], this.pick([null, ...COLOURS])),
      () => setRelation(doc, author, id, other, this.word()),
      () => addComment(doc, author, id, this.word()),
      () => paste(doc, author, id, parseOutline(`${this.word()}\n\t${this.word()}`)),
    ];
  }

  private type(id: NodeId): void {
    const text = textOf(this.doc, id);
    if (!text) return;
    const at = Math.floor(this.random() * (text.length + 1));
    applyChange(text, { at, removed: 0, inserted: this.word() });
  }

  private word(): string {
    this.written++;
    return `<${this.name}${this.written}>`;
  }
}

/** All that a document says, as plain values. */
function said(doc: Y.Doc): unknown {
  return Object.fromEntries(
    ["nodes", "relations", "comments"].map((name) => [name, doc.getMap(name).toJSON()]),
  );
}

/** The values of fields, as `node field`, that somebody other than this document's page wrote last. */
function foreignFields(doc: Y.Doc): Map<string, string> {
  const found = new Map<string, string>();
  for (const [id, fields] of nodesOf(doc)) {
    for (const [key, item] of fields._map) {
      const isTheirs = !item.deleted && item.id.client !== doc.clientID;
      if (isTheirs && ["kind", "colour", "place", "deleted"].includes(key)) {
        found.set(`${id} ${key}`, JSON.stringify(fields.get(key)));
      }
    }
  }
  return found;
}

/** Each letter of nodes' texts that somebody other than this document's page wrote, and that is there. */
function foreignLetters(doc: Y.Doc): Set<string> {
  const found = new Set<string>();
  for (const id of nodesOf(doc).keys()) {
    for (let item = textOf(doc, id)?._start ?? null; item; item = item.right) {
      const { client, clock } = item.id;
      if (item.deleted || client === doc.clientID) continue;
      for (let n = 0; n < item.length; n++) found.add(`${client} ${clock + n}`);
    }
  }
  return found;
}

const SEEDS = Array.from({ length: 30 }, (_, n) => n + 1);

it.each(SEEDS)("alone, every step leads back to what was there, and on again (seed %i)", (seed) => {
  const random = seeded(seed);
  const { doc } = mapOf(MAP);
  const undo = createUndo(doc);
  const hand = new Hand(doc, "me", random);
  let past = [said(doc)];
  let at = 0;
  for (let n = 0; n < 60; n++) {
    const chance = random();
    if (chance < 0.25 && at > 0) {
      goStep(undo, OPEN_GATE, "undo");
      at--;
    } else if (chance < 0.4 && at < past.length - 1) {
      goStep(undo, OPEN_GATE, "redo");
      at++;
    } else {
      undo.stopCapturing();
      const before = undo.undoStack.length;
      hand.edit();
      if (undo.undoStack.length > before) {
        past = [...past.slice(0, at + 1), said(doc)];
        at++;
      }
    }
    expect(said(doc)).toEqual(past[at]);
  }
});

it.each(SEEDS)("among others, nothing of theirs is taken back (seed %i)", (seed) => {
  const random = seeded(1_000 + seed);
  const { doc } = mapOf(MAP);
  const undo = createUndo(doc);
  const there = new Y.Doc();
  exchange(doc, there);
  const [me, other] = [new Hand(doc, "me", random), new Hand(there, "other", random)];
  for (let n = 0; n < 120; n++) {
    const chance = random();
    if (chance < 0.35) me.edit();
    else if (chance < 0.65) other.edit();
    else if (chance < 0.8) exchange(doc, there);
    else {
      const [theirs, letters] = [foreignFields(doc), foreignLetters(doc)];
      goStep(undo, OPEN_GATE, random() < 0.6 ? "undo" : "redo");
      const now = foreignFields(doc);
      const lost = [...theirs].filter(([field, value]) => {
        const isThere = nodesOf(doc).has(field.split(" ")[0] ?? "");
        return isThere && now.get(field) !== value;
      });
      expect(lost).toEqual([]);
      const left = foreignLetters(doc);
      expect([...letters].filter((letter) => !left.has(letter))).toEqual([]);
    }
  }
  exchange(doc, there);
  expect(said(doc)).toEqual(said(there));
  expect(said(doc)).not.toEqual({});
  expect(new MapModel(doc).node(ROOT)).toBeDefined();
});
