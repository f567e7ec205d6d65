// @vitest-environment node
import { expect, it } from "vitest";
import * as Y from "yjs";
import { addChild, move, remove, setKind } from "~/map/commands";
import { MapModel } from "~/map/model";
import { Replay, type ReplayUpdate } from "~/map/replay";
import { ROOT, textOf } from "~/map/schema";
import { AUTHOR, copyOf, newMap, outlineOf } from "./maps";
import { seeded } from "./random";

/** A log as the server keeps it, and what the map was after each of its updates. */
function logOf(write: (doc: Y.Doc) => void): { log: ReplayUpdate[]; outlines: string[] } {
  const doc = newMap();
  const model = new MapModel(doc);
  const log: ReplayUpdate[] = [
    { seq: 1, at: 0, by: null, update: Y.encodeStateAsUpdate(copyOf(doc)) },
  ];
  const outlines = [outlineOf(model)];
  doc.on("update", (update: Uint8Array) => {
    const seq = log.length + 1;
    log.push({ seq, at: seq * 1000, by: AUTHOR.id, update });
    outlines.push(outlineOf(model));
  });
  write(doc);
  return { log, outlines };
}

async function played(log: ReplayUpdate[]): Promise<Replay> {
  const replay = await Replay.of(log);
  if (!replay) throw new Error("nothing stopped it");
  return replay;
}

it("shows the map as it was after any update, forwards, backwards and by leaps", async () => {
  const pick = seeded(7);
  const { log, outlines } = logOf((doc) => {
    const model = new MapModel(doc);
    for (let n = 0; n < 400; n++) {
      const ids = [...model.walk()].map(({ id }) => id);
      const one = () => ids[Math.floor(pick() * ids.length)] ?? ROOT;
      const what = pick();
      const id = one();
      if (what < 0.4 || ids.length < 5) addChild(doc, AUTHOR, id, `n${n}`);
      else if (what < 0.7) textOf(doc, id)?.insert(0, `${n % 10}`);
      else if (what < 0.8) setKind(doc, [id], "gap");
      else if (what < 0.95) move(doc, [id], one(), null);
      else remove(doc, AUTHOR, [id]);
    }
  });
  const replay = await played(log);
  const shown = new MapModel(replay.shown);
  expect(replay.steps).toHaveLength(log.length);
  expect(outlineOf(shown)).toBe(outlines.at(-1));

  for (let n = 0; n < 60; n++) {
    const step = Math.floor(pick() * log.length);
    replay.goTo(step);
    expect(outlineOf(shown)).toBe(outlines[step]);
    expect(shown.size).toBe(replay.steps[step]?.size);
  }
  for (const step of [0, 1, 2, 1, 0, log.length + 5, -3]) replay.goTo(step);
  expect(replay.step).toBe(0);
  expect(outlineOf(shown)).toBe(outlines[0]);
});

it("knows who made each node, and which step a place of the log is", async () => {
  let made = "";
  const { log } = logOf((doc) => {
    made = addChild(doc, AUTHOR, ROOT, "one");
    addChild(doc, AUTHOR, ROOT, "two");
  });
  const replay = await played(log);

  expect(replay.makers.get(ROOT)).toBeNull();
  expect(replay.makers.get(made)).toBe(AUTHOR.id);
  expect(replay.stepOf(2)).toBe(1);
  expect(replay.stepOf(99)).toBe(2);
  expect(replay.stepOf(0)).toBe(-1);
});

it("leaves the nodes alone that are the same", async () => {
  const { log } = logOf((doc) => {
    addChild(doc, AUTHOR, ROOT, "stays");
    addChild(doc, AUTHOR, ROOT, "comes");
  });
  const replay = await played(log);
  const shown = new MapModel(replay.shown);
  const stays = [...shown.walk()].find(({ text }) => text === "stays");
  replay.goTo(1);
  expect(shown.node(stays?.id ?? "")).toBe(stays);
  expect(shown.size).toBe(2);
});
