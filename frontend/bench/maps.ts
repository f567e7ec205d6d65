/**
 * Maps to look at and to measure with, made without a server.
 */

import * as Y from "yjs";
import { ordersBetween } from "~/map/order";
import { type Colour, type Kind, metaOf, nodesOf, ROOT, relationsOf, SCHEMA } from "~/map/schema";

/** One branch of a sample: text, with kind and colour before it where it has them. */
type Branch = readonly [label: string, ...children: Branch[]];

const COLOURS: readonly Colour[] = ["blue", "orange", "green", "purple", "red", "yellow"];

/** A workshop's map of about sixty nodes. */
const WORKSHOP: readonly Branch[] = [
  [
    "theme: Front line policing",
    [
      "challenge: Reports arrive on paper, by phone and by chat",
      ["gap: No single picture of what is going on in a district"],
      ["need: One intake for all channels"],
      ["idea: Shared intake desk with two neighbouring stations"],
    ],
    [
      "challenge: Officers work alone at night",
      ["gap: Help cannot be called without taking a hand off"],
      ["hint: Bike couriers solved this with a ring on the finger"],
    ],
    [
      "Body-worn cameras",
      ["Who may look at footage, and for how long?"],
      ["Battery ends before the shift"],
    ],
  ],
  [
    "theme: Cybercrime",
    [
      "challenge: Evidence on phones is gone before we may read it",
      ["cause: Requests across borders take weeks"],
      ["gap: No tool keeps volatile data under a judge's seal"],
      ["question: Who has tried preservation orders by API?"],
    ],
    [
      "Fraud by phone",
      ["need: Banks and police see the same case number"],
      ["Call centres abroad"],
      ["Victims report too late"],
    ],
    ["constraint: No case material leaves the national network"],
  ],
  [
    "theme: Forensics",
    [
      "Backlog of six months in the DNA lab",
      ["gap: Triage of samples is a matter of taste"],
      ["Two people who know the machine"],
    ],
    [
      "Rapid tests for new substances",
      ["idea: Share reference spectra between labs"],
      ["Standards differ by country"],
    ],
    ["parked: Drone photos of scenes"],
  ],
  [
    "theme: Prevention",
    [
      "People who seek help do not find it",
      ["need: A helpline in their language"],
      ["Guidance for teachers and trainers"],
    ],
    [
      "Training that sticks",
      ["idea: Short exercises at the start of a shift"],
      ["hint: Fire brigades do this weekly"],
    ],
    ["What works, and how do we know?"],
  ],
  [
    "theme: Crime & intelligence",
    [
      "Analysts copy between five systems",
      ["gap: No common format for entities and links"],
      ["Copying errors are found in court"],
    ],
    [
      "Speech in many languages",
      ["gap: Transcription fails with street noise"],
      ["need: A search over calls in twelve languages"],
    ],
  ],
  [
    "theme: Cross border crime",
    [
      "Joint teams take months to set up",
      ["constraint: Each country has its own forms"],
      ["idea: A template agreed beforehand"],
    ],
    ["Vehicles and plates", ["Different plate formats"], ["question: Which cameras may be asked?"]],
  ],
];

/** Makes the workshop's map. */
export function workshop(): Y.Doc {
  const doc = emptyMap("What holds us back, and what would help?");
  doc.transact(() => {
    const orders = ordersBetween(null, null, WORKSHOP.length);
    WORKSHOP.forEach((branch, n) => {
      plant(doc, ROOT, branch, orders[n] ?? "a0", COLOURS[n % COLOURS.length] ?? null);
    });
    fieldsOf(doc, "n2")?.set("note", new Y.Text("Raised by three units."));
    const links = new Y.Map([["gap:1", {}]]);
    fieldsOf(doc, "n3")?.set("links", links);
    relationsOf(doc).set("r1", { from: "n9", to: "n20", label: "needs", by: "bench", at: 1 });
    fieldsOf(doc, "n4")?.set("note", new Y.Text("Ask again in May."));
  });
  return doc;
}

/** Makes a map of `n` nodes with four children each; with `linked`, every third is linked to a gap. */
export function large(n: number, linked = false): Y.Doc {
  const doc = emptyMap(`A map of ${n} nodes`);
  const orders = ordersBetween(null, null, 8);
  const words =
    "report intake border phone evidence training helpline analysis camera standard".split(" ");
  doc.transact(() => {
    for (let i = 1; i < n; i++) {
      const parent = i <= 6 ? ROOT : `n${Math.floor((i - 7) / 4) + 1}`;
      const order = orders[i <= 6 ? i - 1 : (i - 7) % 4] ?? "a0";
      const length = 1 + ((i * 7919) % 6);
      const text = Array.from({ length }, (_, k) => words[(i * 31 + k * 17) % words.length]).join(
        " ",
      );
      addNode(
        doc,
        `n${i}`,
        parent,
        order,
        `${text} ${i}`,
        null,
        i <= 6 ? (COLOURS[i - 1] ?? null) : null,
      );
      if (linked && i % 3 === 0) {
        fieldsOf(doc, `n${i}`)?.set(
          "links",
          new Y.Map([[`gap:${i % 500}`, { by: "bench", at: 1 }]]),
        );
      }
    }
  });
  return doc;
}

/** Makes a map that holds its topic only. */
export function emptyMap(title: string): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    metaOf(doc).set("schema", SCHEMA);
    metaOf(doc).set("title", title);
    addNode(doc, ROOT, null, "", title, null, null);
  });
  return doc;
}

let planted = 0;

function plant(
  doc: Y.Doc,
  parent: string,
  branch: Branch,
  order: string,
  colour: Colour | null,
): void {
  const [label, ...children] = branch;
  const [, kind, text] = /^(?:(\w+): )?(.*)$/.exec(label) ?? [];
  planted += 1;
  const id = `n${planted}`;
  addNode(doc, id, parent, order, text ?? label, (kind as Kind | undefined) ?? null, colour);
  const orders = ordersBetween(null, null, children.length);
  children.forEach((child, n) => {
    plant(doc, id, child, orders[n] ?? "a0", null);
  });
}

function fieldsOf(doc: Y.Doc, id: string): Y.Map<unknown> | undefined {
  return nodesOf(doc).get(id);
}

function addNode(
  doc: Y.Doc,
  id: string,
  parent: string | null,
  order: string,
  text: string,
  kind: Kind | null,
  colour: Colour | null,
): void {
  const fields = new Y.Map<unknown>();
  if (parent !== null) fields.set("place", { parent, order, clock: 1 });
  fields.set("text", new Y.Text(text));
  fields.set("note", new Y.Text());
  fields.set("links", new Y.Map());
  fields.set("made", { at: 1_700_000_000_000, by: "bench" });
  if (kind) fields.set("kind", kind);
  if (colour) fields.set("colour", colour);
  nodesOf(doc).set(id, fields);
}
