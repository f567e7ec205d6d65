/** The outline and the panels beside the map, over a map of their own. */
import { act, cleanup, render } from "@testing-library/react";
import { useState } from "react";
import { vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { ToastProvider } from "~/components/Toast";
import { createUndo } from "~/map/commands";
import { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import { type Gate, OPEN_GATE } from "~/pages/session/actions/context";
import type { PanelProps } from "~/pages/session/panelProps";
import { AUTHOR, copyOf, mapOf } from "./maps";

interface Options {
  /** The text of the node that is selected at first. */
  start?: string;
  canEdit?: boolean;
  gate?: Gate;
}

/** jsdom lays nothing out: a window of some rows, and rows of one height. */
export function layOutRows(): void {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(40);
}

/** Somebody else's edit, made in a document of their own. */
export async function others(doc: Y.Doc, edit: (theirs: Y.Doc) => void): Promise<void> {
  const theirs = copyOf(doc);
  new MapModel(theirs);
  edit(theirs);
  await take(doc, theirs);
}

/** Has a document come to know of another, and what shows it drawn. */
export async function take(doc: Y.Doc, theirs: Y.Doc): Promise<void> {
  await act(async () => {
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs), "remote");
    await new Promise((done) => requestAnimationFrame(done));
  });
}

/** Opens a panel over a map with these branches. */
export function open(
  outline: string,
  Panel: React.ComponentType<PanelProps>,
  options: Options = {},
) {
  cleanup();
  const { canEdit = true, gate = OPEN_GATE } = options;
  const map = mapOf(outline);
  const awareness = new Awareness(map.doc);
  const undo = createUndo(map.doc);
  const room = { ...map, undo, room: { awareness, setPresence: () => {} } };
  const selection: { now: NodeId | null } = { now: options.start ? map.at(options.start) : null };
  let select = (_: NodeId) => {};
  function Page() {
    const [selected, setSelected] = useState(selection.now);
    select = (id) => act(() => setSelected(id));
    const onSelect = (id: NodeId) => {
      selection.now = id;
      setSelected(id);
    };
    return <Panel {...{ room, selected, onSelect, author: AUTHOR, canEdit, gate }} />;
  }
  render(
    <ToastProvider>
      <Page />
    </ToastProvider>,
  );
  return { ...map, undo, awareness, selection, select: (id: NodeId) => select(id) };
}
