// @vitest-environment node
import { expect, it } from "vitest";
import { addSibling, createUndo, move, moveUp } from "~/map/commands";
import type { NodeId } from "~/map/schema";
import { OPEN_GATE } from "~/pages/session/actions/context";
import { nextStanding, rememberStanding, stepTo } from "~/pages/session/actions/undoing";
import { AUTHOR, mapOf } from "./maps";

/** A map with an undo that knows what is selected, as the map and the outline see to. */
function opened(outline: string) {
  const { doc, model, at } = mapOf(outline);
  const undo = createUndo(doc);
  const now: { active: NodeId | null; held: NodeId | null } = { active: null, held: null };
  rememberStanding(undo, () => ({ ...now }));
  const step = (what: "undo" | "redo") =>
    stepTo({ model, undo }, OPEN_GATE, what, (id) => {
      now.active = id;
    });
  return { doc, model, at, undo, now, step };
}

it("undo selects what was moved, and not its parent", () => {
  const { doc, at, now, step } = opened("a\n  b\n  c");
  now.active = at("c");
  moveUp(doc, [at("c")]);
  now.active = at("a");

  step("undo");

  expect(now.active).toBe(at("c"));
});

it("undo of a new line goes back to the line beside which it was made, redo to the new one", async () => {
  const { doc, at, now, step } = opened("a\nb");
  now.active = at("b");
  const made = addSibling(doc, AUTHOR, at("b"), "after", "c");
  now.active = made;
  await Promise.resolve();

  step("undo");
  expect(now.active).toBe(at("b"));
  step("redo");
  expect(now.active).toBe(made);
  step("undo");
  expect(now.active).toBe(at("b"));
});

it("a step remembers what was held still, also when it is taken back and made again", () => {
  const { doc, at, now, undo, step } = opened("a\nb");
  now.held = at("b");
  move(doc, [at("a")], at("b"), null);
  now.held = null;

  expect(nextStanding(undo, "undo")?.held).toBe(at("b"));
  step("undo");
  expect(nextStanding(undo, "redo")?.held).toBe(at("b"));
});
