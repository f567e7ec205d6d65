/** The outline and the panels: what a reader, a writer and a listener of the map get. */
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { addChild, addComment, remove, setColour, setKind } from "~/map/commands";
import { colourOfPerson } from "~/map/people";
import { noteOf, ROOT, textOf } from "~/map/schema";
import { MapOutline } from "~/pages/session/MapOutline";
import { NodePanel } from "~/pages/session/NodePanel";
import { TELL_EVERY_MS } from "~/pages/session/outline/ChangeAnnouncer";
import { PrintedMap } from "~/pages/session/PrintedMap";
import type { PanelProps } from "~/pages/session/panelProps";
import { TrashPanel } from "~/pages/session/TrashPanel";
import { AUTHOR, mapOf, OTHER, outlineOf } from "./maps";
import { layOutRows, open, others } from "./panels";

const MAP = `
  Forensics
    Scan the scene
    Keep the chain
  Radio
`;

beforeEach(layOutRows);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const row = (name: RegExp) => screen.getByRole("treeitem", { name });
const key = (name: RegExp, key: string, more: object = {}) =>
  fireEvent.keyDown(row(name), { key, ...more });

it("says of each row where it stands, and is one stop of the Tab key", () => {
  open(MAP, MapOutline);

  const scan = row(/Scan the scene/);
  const attributes = ["aria-level", "aria-posinset", "aria-setsize", "aria-expanded"];
  expect(attributes.map((name) => scan.getAttribute(name))).toEqual(["3", "1", "2", null]);
  expect(row(/Forensics/).getAttribute("aria-expanded")).toBe("true");
  expect(screen.getAllByRole("treeitem").filter((it) => it.tabIndex === 0)).toEqual([row(/^Map/)]);
});

it("walks and folds by the arrow keys", () => {
  const { selection, at } = open(MAP, MapOutline, { start: "Forensics" });

  key(/Forensics/, "ArrowDown");
  expect(selection.now).toBe(at("Scan the scene"));
  key(/Scan/, "ArrowLeft");
  key(/Forensics/, "ArrowLeft");
  expect(screen.queryByRole("treeitem", { name: /Scan/ })).toBeNull();
  key(/Forensics/, "ArrowDown");
  expect(selection.now).toBe(at("Radio"));
  key(/Radio/, "Home");
  expect(selection.now).toBe(ROOT);
});

it("opens the branch of what was selected elsewhere", () => {
  const { select, at } = open(MAP, MapOutline, { start: "Forensics" });
  key(/Forensics/, " ");
  expect(screen.queryByRole("treeitem", { name: /Keep/ })).toBeNull();

  select(at("Keep the chain"));

  expect(row(/Keep the chain/).getAttribute("aria-selected")).toBe("true");
});

it("adds a sibling by Enter and takes it back when nothing was written", () => {
  const { model } = open(MAP, MapOutline, { start: "Radio" });

  key(/Radio/, "Enter");
  const field = screen.getByRole("textbox");
  expect(document.activeElement).toBe(field);
  fireEvent.keyDown(field, { key: "Escape" });

  expect(screen.queryByRole("textbox")).toBeNull();
  expect(outlineOf(model)).toBe("Forensics\n\tScan the scene\n\tKeep the chain\nRadio\n");
  expect(row(/Radio/).getAttribute("aria-selected")).toBe("true");
});

it("moves what is cut and pasted, with its note", () => {
  const { doc, model, at } = open(MAP, MapOutline, { start: "Radio" });
  const radio = at("Radio");
  noteOf(doc, radio)?.insert(0, "Ask Maria");
  let held = "";
  const setData = (_: string, text: string) => {
    held = text;
  };

  fireEvent.cut(row(/Radio/), { clipboardData: { setData } });
  fireEvent.paste(row(/Forensics/), { clipboardData: { getData: () => held } });

  expect(model.node(radio)?.hasNote).toBe(true);
  expect(outlineOf(model).match(/Radio/g)).toHaveLength(1);
});

it("says what to do with an empty map", () => {
  const { model } = open("", MapOutline);

  fireEvent.click(screen.getByRole("button", { name: "Add the first branch" }));
  fireEvent.input(screen.getByRole("textbox"), { target: { value: "Cameras" } });

  expect(outlineOf(model)).toBe("Cameras\n");
  expect(screen.queryByText(/Nothing is here yet/)).toBeNull();
});

it("gives the keys of a row that others delete in mid-word to no other row", async () => {
  const { doc, model, at } = open(MAP, MapOutline, { start: "Keep the chain" });
  key(/Keep the chain/, "F2");
  await others(doc, (theirs) => remove(theirs, OTHER, [at("Keep the chain")]));
  const left = outlineOf(model);

  for (const pressed of ["w", "Backspace", "Enter", "Tab"]) key(/Forensics/, pressed);
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(outlineOf(model)).toBe(left);

  key(/Forensics/, "ArrowDown");
  key(/Scan the scene/, "F2");
  expect(screen.getByRole("textbox")).toBeTruthy();
});

it("writes what was typed, and goes on with a child by Tab", () => {
  const { model } = open(MAP, MapOutline, { start: "Radio" });

  key(/Radio/, "Enter");
  fireEvent.input(screen.getByRole("textbox"), { target: { value: "Cameras" } });
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Tab" });
  fireEvent.input(screen.getByRole("textbox"), { target: { value: "Battery" } });
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Enter" });

  expect(outlineOf(model)).toContain("Radio\nCameras\n\tBattery\n");
  expect(document.activeElement).toBe(row(/Battery/));
});

it("replaces the text by what is typed on a row", () => {
  open(MAP, MapOutline, { start: "Radio" });

  key(/Radio/, "x");

  // The letter itself is the browser's: it takes the place of what is selected.
  const { selectionStart, selectionEnd, value } = screen.getByRole<HTMLTextAreaElement>("textbox");
  expect([selectionStart, selectionEnd, value]).toEqual([0, 5, "Radio"]);
});

it("moves, deletes and brings back", () => {
  const { model } = open(MAP, MapOutline, { start: "Keep the chain" });

  key(/Keep/, "ArrowUp", { altKey: true });
  expect(outlineOf(model)).toContain("\tKeep the chain\n\tScan the scene\n");
  key(/Keep/, "Delete");
  expect(outlineOf(model)).not.toContain("Keep");
  expect(row(/Scan/).getAttribute("aria-selected")).toBe("true");
  key(/Scan/, "z", { ctrlKey: true });
  expect(outlineOf(model)).toContain("Keep");
});

it("lets a reader look and find, but not write", () => {
  const { model, selection, at } = open(MAP, MapOutline, { start: "Forensics", canEdit: false });

  key(/Forensics/, "Enter");
  key(/Forensics/, "Delete");
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(outlineOf(model)).toContain("Forensics");
  key(/Forensics/, "r");

  expect(selection.now).toBe(at("Radio"));
  expect(screen.queryByRole("toolbar")).toBeNull();
});

it("keeps the focus when somebody deletes the row that has it", async () => {
  const { doc, at } = open(MAP, MapOutline, { start: "Keep the chain" });
  row(/Keep/).focus();

  await others(doc, (theirs) => remove(theirs, OTHER, [at("Keep the chain")]));

  expect(screen.getByRole("tree").contains(document.activeElement)).toBe(true);
});

it("tells in one sentence what others added, changed and removed", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { doc, at } = open(MAP, MapOutline);
  const said = () =>
    screen
      .getAllByRole("status")
      .map((it) => it.textContent)
      .join("");

  await others(doc, (theirs) => {
    for (const text of ["a", "b"]) addChild(theirs, OTHER, at("Scan the scene"), text);
    addChild(theirs, OTHER, ROOT, "c");
    textOf(theirs, at("Radio"))?.insert(5, "s");
    remove(theirs, OTHER, [at("Keep the chain")]);
  });
  expect(said()).toBe("");
  act(() => void vi.advanceTimersByTime(TELL_EVERY_MS));

  expect(said()).toBe(
    "2 new ideas under Forensics, 1 new idea under Map, 1 idea changed, 1 idea removed.",
  );
});

it("says nothing of one's own changes", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { doc } = open(MAP, MapOutline);

  act(() => void addChild(doc, AUTHOR, ROOT, "mine"));
  act(() => void vi.advanceTimersByTime(2 * TELL_EVERY_MS));

  expect(screen.getAllByRole("status").every((it) => it.textContent === "")).toBe(true);
});

it("keeps only some rows of a large map in the page", () => {
  const lines = Array.from({ length: 3000 }, (_, n) => `  Idea ${n}`).join("\n");
  open(lines, MapOutline);

  expect(screen.getAllByRole("treeitem").length).toBeLessThan(60);
  expect(row(/Idea 2$/).getAttribute("aria-setsize")).toBe("3000");
});

it("shows kind, colour and who wrote a node, and changes them", () => {
  const { doc, model, at } = open(MAP, NodePanel, { start: "Radio" });
  act(() => setKind(doc, [at("Radio")], "gap"));

  expect(screen.getByRole("combobox", { name: "Kind" }).textContent).toBe("Gap");
  fireEvent.click(screen.getByRole("radio", { name: "Green" }));
  expect(model.node(at("Radio"))?.colour).toBe("green");
  expect(screen.getByText(/^Written by you/)).toBeTruthy();
});

it("names the colour of the branch as such", () => {
  const { doc, at } = open(MAP, NodePanel, { start: "Scan the scene" });
  act(() => setColour(doc, [at("Forensics")], "blue"));

  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Like its branch" }).checked).toBe(
    true,
  );
});

it("says of the topic, which has no branch, that its colour is the usual one", () => {
  const { select } = open(MAP, NodePanel);
  select(ROOT);

  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Default" }).checked).toBe(true);
  expect(screen.queryByRole("radio", { name: "Like its branch" })).toBeNull();
});

const NamedPanel = (props: PanelProps) => (
  <NodePanel {...props} nameOf={(id) => (id === AUTHOR.id ? "Heron-12" : undefined)} />
);

it("gives whoever comments their own initials and colour, also to themselves", async () => {
  const { doc, at } = open(MAP, NamedPanel, { start: "Radio" });
  act(() => void addComment(doc, AUTHOR, at("Radio"), "Since when?"));
  await screen.findByText("Since when?");

  const face = screen.getByRole("listitem").querySelector("[data-initials]");
  expect(face?.getAttribute("data-initials")).toBe("H1");
  expect(face?.className).toMatch(colourOfPerson(AUTHOR.id));
  expect(screen.getByRole("listitem").textContent).toContain("you");
});

it("takes a comment, and marks another's as done", async () => {
  const { doc, model, at, awareness } = open(MAP, NodePanel, { start: "Radio" });
  awareness.states.set(99, {
    user: { id: OTHER.id, name: "Badger-07", colour: "red", role: "editor" },
  });
  act(() => awareness.emit("change", [{ added: [99], updated: [], removed: [] }, "remote"]));
  await others(doc, (theirs) => addComment(theirs, OTHER, at("Radio"), "Tried in our station"));

  fireEvent.change(screen.getByLabelText("Say something about this idea"), {
    target: { value: "Since when?" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Add comment" }));
  const [theirs] = screen.getAllByRole("listitem");
  fireEvent.click(
    within(theirs as HTMLElement).getByRole("button", { name: "Done with this comment" }),
  );

  expect(theirs?.textContent).toContain("Badger-07");
  expect(model.commentsOn(at("Radio")).map(({ text, done }) => [text, done])).toEqual([
    ["Tried in our station", true],
    ["Since when?", false],
  ]);
});

it("gives a reader of the panel nothing to change", () => {
  open(MAP, NodePanel, { start: "Radio", canEdit: false });

  const fields = screen.getAllByRole<HTMLTextAreaElement>("textbox");
  expect(fields.every((it) => it.readOnly && it.closest("[data-read-only]"))).toBe(true);
  expect(
    screen.getAllByRole<HTMLInputElement>("radio").every((it) => it.matches(":disabled")),
  ).toBe(true);
  expect(screen.queryByRole("button", { name: "Delete branch" })).toBeNull();
});

it("lists a deleted branch with its size, and restores it", () => {
  const { doc, model, at, selection } = open(MAP, TrashPanel);
  expect(screen.getByText("Nothing has been deleted")).toBeTruthy();
  const branch = at("Forensics");

  act(() => remove(doc, AUTHOR, [branch]));
  expect(screen.getByRole("listitem").textContent).toMatch(
    /Forensics.*Deleted by you, now\s· 3 ideas/,
  );
  fireEvent.click(screen.getByRole("button", { name: "Restore “Forensics”" }));

  expect(model.node(branch)).toBeTruthy();
  expect(selection.now).toBe(branch);
});

it("goes to paper whole, and only to paper", () => {
  render(<PrintedMap model={mapOf(MAP).model} />);
  expect(screen.queryByText("Keep the chain")).toBeNull();

  fireEvent(window, new Event("beforeprint"));
  const lines = ["Map", "Forensics", "Scan the scene", "Keep the chain", "Radio"];
  expect(lines.map((line) => screen.getByText(line).dataset.level)).toEqual([..."01221"]);

  fireEvent(window, new Event("afterprint"));
  expect(screen.queryByText("Keep the chain")).toBeNull();
});

const left = vi.fn();
const LeavingPanel = (props: PanelProps) => <NodePanel {...props} onLeave={left} />;

it("gives the keyboard back to the map after the panel has deleted its node", () => {
  const { model } = open(MAP, LeavingPanel, { start: "Radio" });

  fireEvent.keyDown(screen.getByRole("textbox", { name: "Text" }), { key: "Enter" });
  fireEvent.click(screen.getByRole("button", { name: "Delete branch" }));

  expect(left).toHaveBeenCalledTimes(2);
  expect(outlineOf(model)).not.toContain("Radio");
});

it("keeps a comment that was begun while another node is looked at", () => {
  const { select, at } = open(MAP, NodePanel, { start: "Radio" });
  const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: /Say something/ });
  fireEvent.change(field(), { target: { value: "Half a thou" } });

  select(at("Forensics"));
  expect(field().value).toBe("");

  select(at("Radio"));
  expect(field().value).toBe("Half a thou");
});
