/** What others do to the very row that one is at in the outline. */
import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { addChild, createUndo, move, remove, setRelation } from "~/map/commands";
import { MapOutline } from "~/pages/session/MapOutline";
import { NodePanel } from "~/pages/session/NodePanel";
import { copyOf, OTHER, outlineOf } from "./maps";
import { layOutRows, open, others, take } from "./panels";

const MAP = `
  Forensics
    Scan the scene
    Keep the chain
  Radio
    Dead spots
`;

beforeEach(layOutRows);
afterEach(() => {
  vi.restoreAllMocks();
});

const row = (name: RegExp) => screen.getByRole("treeitem", { name });

it("leaves a row that others delete for the one above it, and not for the topic", async () => {
  const { doc, at } = open(MAP, MapOutline, { start: "Keep the chain" });
  row(/Keep/).focus();

  await others(doc, (theirs) => remove(theirs, OTHER, [at("Keep the chain")]));

  expect(row(/Forensics/).getAttribute("aria-selected")).toBe("true");
  expect(document.activeElement).toBe(row(/Forensics/));
});

it("writes over nothing where the chosen row was taken back by its maker", async () => {
  const { doc, model, select } = open(MAP, MapOutline);
  const theirs = copyOf(doc);
  const undo = createUndo(theirs);
  const made = addChild(theirs, OTHER, "root", "Mistake");
  await take(doc, theirs);
  select(made);
  undo.undo();
  await take(doc, theirs);

  fireEvent.keyDown(row(/^Map/), { key: "w" });

  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("");
  expect(outlineOf(model)).toMatch(/Dead spots\n\n$/);
});

it("opens the folded branch that others move the row into that is written in", async () => {
  const { doc, model, at } = open(MAP, MapOutline, { start: "Radio" });
  fireEvent.keyDown(row(/Radio/), { key: " " });
  fireEvent.doubleClick(row(/Scan/));
  const field = screen.getByRole("textbox");

  await others(doc, (theirs) => move(theirs, [at("Scan the scene")], at("Radio"), null));

  expect(document.activeElement).toBe(screen.getByRole("textbox"));
  expect(screen.getByRole("textbox")).toBe(field);
  fireEvent.input(field, { target: { value: "Scan the scene twice" } });
  expect(outlineOf(model)).toContain("Radio\n\tDead spots\n\tScan the scene twice\n");
});

it("folds all by one press also where others deleted what was folded", async () => {
  const { doc, at } = open(MAP, MapOutline, { start: "Radio" });
  fireEvent.keyDown(row(/Radio/), { key: " " });
  await others(doc, (theirs) => remove(theirs, OTHER, [at("Radio")]));

  fireEvent.keyDown(row(/^Map/), { key: " ", ctrlKey: true });

  expect(screen.queryByRole("treeitem", { name: /Scan/ })).toBeNull();
});

it("closes the menu of a row that others delete", async () => {
  const { doc, at } = open(MAP, MapOutline, { start: "Radio" });
  fireEvent.contextMenu(row(/Keep/));
  await screen.findByRole("menuitem", { name: /Delete/ });

  await others(doc, (theirs) => remove(theirs, OTHER, [at("Keep the chain")]));

  expect(screen.queryByRole("menu")).toBeNull();
  expect(document.activeElement).toBe(row(/Forensics/));
});

it("keeps the label of an arrow that one writes while others label it", async () => {
  const { doc, model, at } = open(MAP, NodePanel, { start: "Radio" });
  act(() => void setRelation(doc, OTHER, at("Radio"), at("Forensics"), "hinders"));
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: /label/i });
  field.focus();
  fireEvent.change(field, { target: { value: "delays" } });

  await others(doc, (theirs) => setRelation(theirs, OTHER, at("Radio"), at("Forensics"), "stops"));

  expect(document.activeElement).toBe(field);
  expect(field.value).toBe("delays");
  act(() => field.blur());
  expect(model.relations()).toMatchObject([{ label: "delays" }]);
  await others(doc, (theirs) => setRelation(theirs, OTHER, at("Radio"), at("Forensics"), "stops"));
  expect(field.value).toBe("stops");
});
