// @vitest-environment node
/**
 * A map that Yjs wrote, kept in the repository for the server's tests to read, and the same map as
 * the server writes it after a purge. Written anew, when the schema changes, with
 * `WRITE_FIXTURES=1 npx vitest run test/fixture.test.ts`, and after that with
 * `WRITE_FIXTURES=1 cargo test --test it fixtures::`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as Y from "yjs";
import {
  addChild,
  addComment,
  demote,
  move,
  paste,
  remove,
  setColour,
  setKind,
  setLink,
  setRelation,
} from "~/map/commands";
import { MapModel } from "~/map/model";
import { parseOutline } from "~/map/outlineText";
import { fieldsOf, metaOf, noteOf, ROOT, textOf } from "~/map/schema";
import { AUTHOR, copyOf, exchange, idOf, newMap } from "./maps";

const FIXTURES = new URL("../../tests/fixtures/", import.meta.url);
const BYTES = new URL("yjs-map.bin", FIXTURES);
const PURGED = new URL("yrs-map.bin", FIXTURES);
const OUTLINE = new URL("yjs-map.json", FIXTURES);

const BRANCHES = `Überwachung großer Plätze
\tDrones over crowds 🚁
\t\tDetection at night
\tKörperkameras
Evidence
\tChain of custody
\t\tSeals
\t\tLogs
\tParked thought
Tools
Training`;

/** A document with something of everything, collisions included. */
function writeMap(): Y.Doc {
  const doc = newMap("Borders");
  const model = new MapModel(doc);
  paste(doc, AUTHOR, ROOT, parseOutline(BRANCHES));
  const at = (text: string) => idOf(model, text);
  metaOf(doc).set("title", "Borders 2026");
  setKind(doc, [at("Detection at night"), at("Körperkameras")], "gap");
  setKind(doc, [at("Parked thought")], "parked");
  setColour(doc, [at("Evidence")], "green");
  noteOf(doc, at("Evidence"))?.insert(0, "First line\nsecond line, with ä and 😀");
  textOf(doc, at("Tools"))?.insert(5, " and 工具");
  setLink(doc, AUTHOR, at("Körperkameras"), "gap:0190bbbb-0000-7000-8000-000000000012", "partial");
  setLink(doc, AUTHOR, at("Körperkameras"), "solution:0190bbbb-0000-7000-8000-000000000034");
  setRelation(doc, AUTHOR, at("Training"), at("Körperkameras"), "needs");
  addComment(doc, AUTHOR, at("Evidence"), "Which court?");
  remove(doc, AUTHOR, [at("Logs")]);
  remove(doc, AUTHOR, [at("Chain of custody")]);
  demote(doc, [at("Training")]);
  const there = copyOf(doc);
  move(doc, [at("Evidence")], at("Tools and 工具"), null);
  move(there, [at("Tools and 工具")], at("Evidence"), null);
  exchange(doc, there);
  return doc;
}

/** What every reader must make of a document. */
function describeMap(doc: Y.Doc): unknown {
  const model = new MapModel(doc);
  const depths = new Map<string | null, number>([[null, -1]]);
  const nodes = [...model.walk()].map(({ id, parent, text, kind, colour, made }) => {
    const depth = (depths.get(parent) ?? -1) + 1;
    depths.set(id, depth);
    const links = fieldsOf(doc, id)?.get("links") as Y.Map<object>;
    const targets = [...links].map(([target, link]) => ({ target, ...link }));
    targets.sort((a, b) => (a.target < b.target ? -1 : 1));
    const note = noteOf(doc, id)?.toString() ?? "";
    return { id, parent, depth, text, note, kind, colour, made, links: targets };
  });
  const trash = model
    .trash()
    .map(({ id, text, deleted, size }) => ({ id, text, deleted, n_nodes: size }));
  const comments = nodes.flatMap(({ id }) => model.commentsOn(id));
  return { title: model.title, nodes, trash, relations: model.relations(), comments };
}

if (process.env.WRITE_FIXTURES) {
  const doc = writeMap();
  writeFileSync(BYTES, Y.encodeStateAsUpdate(doc));
  writeFileSync(OUTLINE, `${JSON.stringify(describeMap(doc), null, 1)}\n`);
}

function opened(file: URL): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(readFileSync(file)));
  return doc;
}

const expected = JSON.parse(readFileSync(OUTLINE, "utf8"));

it("the map that the server's tests read says what they expect", () => {
  const found = describeMap(opened(BYTES));

  expect(found).toEqual(expected);
  const trash = [{ text: "Chain of custody", n_nodes: 2 }];
  expect(found).toMatchObject({ title: "Borders 2026", trash });
});

it("the map that the server wrote says the same, and takes edits", () => {
  const doc = opened(PURGED);
  expect(describeMap(doc)).toEqual({ ...expected, trash: [] });

  const model = new MapModel(doc);
  const at = idOf(model, "Evidence");
  const child = addChild(doc, AUTHOR, at, "Chain of custody, again");
  noteOf(doc, at)?.insert(0, "Line nought\n");
  textOf(doc, at)?.insert(8, " and proof");
  setLink(doc, AUTHOR, at, "gap:0190bbbb-0000-7000-8000-000000000099");
  move(doc, [child], idOf(model, "Körperkameras"), null);
  remove(doc, AUTHOR, [idOf(model, "Training")]);

  const there = new MapModel(copyOf(doc));
  expect(there.node(child)?.parent).toBe(idOf(there, "Körperkameras"));
  expect(there.node(at)).toMatchObject({ text: "Evidence and proof", hasNote: true });
  expect(there.node(at)?.links).toHaveLength(1);
  expect(there.trash()).toMatchObject([{ text: "Training", size: 1 }]);
});
