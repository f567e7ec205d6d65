/**
 * The map without a server: `?map=workshop`, `?map=empty` or `?map=10000`, `&theme=dark`, `&peers=3`,
 * `&view=1` to look only, `&linked=1` for chips on every third node. The script beside it (map.mjs) drives it through `window.bench`.
 */

import "~/styles/tokens.css";
import "~/styles/base.css";
import { type ReactNode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Card } from "~/api/types";
import { ToastProvider } from "~/components/Toast";
import { createUndo } from "~/map/commands";
import { MapModel } from "~/map/model";
import { COLOURS, textOf } from "~/map/schema";
import { anchorAt } from "~/map/textDelta";
import "~/messages/i18n";
import { NO_ACTIONS } from "~/pages/session/actions/context";
import { Chips, type ChipWords } from "~/pages/session/link/chips";
import { MapCanvas } from "~/pages/session/MapCanvas";
import type { MapController } from "~/pages/session/MapController";
import { emptyMap, large, workshop } from "./maps";

const query = new URLSearchParams(location.search);
const theme = query.get("theme");
if (theme) document.documentElement.dataset.theme = theme;

/** The map as a server sends it. */
const sent = Y.encodeStateAsUpdate(makeDoc(query.get("map") ?? "workshop"));
const doc = new Y.Doc();
const bench: Record<string, unknown> = { doc };
Object.assign(window, { bench });
const awareness = new Awareness(doc);

/** Cards for all that `&linked=1` links; `bench.deal(8)` deals others, as a changed catalogue does. */
const chips = dealt(7);
bench.deal = (trl: number) => (bench.controller as MapController).view.showChips(dealt(trl));

const root = createRoot(document.getElementById("app") as HTMLElement);
// As in the app, the page stands before its map is there.
show(null);
whenPainted(() => requestIdleCallback(arrive));

addRemote();

function arrive(): void {
  Y.applyUpdate(doc, sent);
  addPeers(Number(query.get("peers") ?? 0));
  show(<OpenedMap />);
}

function show(content: ReactNode): void {
  root.render(
    <ToastProvider>
      <div style={{ position: "fixed", inset: 0 }}>{content}</div>
    </ToastProvider>,
  );
}

/** The map of a document that has just come. */
function OpenedMap() {
  const [map] = useState(openMap);
  return (
    <MapCanvas
      map={map}
      mapId="bench"
      author={{ id: "bench" }}
      canEdit={!query.has("view")}
      page={NO_ACTIONS}
      {...(query.has("linked") && { chips })}
      onController={(controller: MapController | null) => {
        bench.controller = controller;
        if (controller && bench.made === undefined) noteFirstPaint(controller);
      }}
    />
  );
}

function openMap() {
  bench.opened = performance.now();
  const model = new MapModel(doc);
  bench.modelled = performance.now();
  const setPresence = (fields: object) =>
    awareness.setLocalState({ ...awareness.getLocalState(), ...fields });
  return { doc, model, undo: createUndo(doc), room: { awareness, setPresence } };
}

/**
 * Notes when the first frame that has nodes in it is painted. The page says so itself: being asked
 * would cost it more than the frame.
 */
function noteFirstPaint({ view }: MapController): void {
  bench.made = performance.now();
  let isDrawn = false;
  view.overlays.push(() => {
    if (isDrawn || view.drawnNodes === 0) return;
    isDrawn = true;
    afterThisFrame(() => {
      bench.firstPaint = performance.now();
      // biome-ignore lint/suspicious/noConsole: what the script beside it listens to
      console.info("painted");
    });
  });
}

function whenPainted(act: () => void): void {
  requestAnimationFrame(() => afterThisFrame(act));
}

/** Called in a frame, by a message that waits until it is painted. */
function afterThisFrame(act: () => void): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = act;
  channel.port2.postMessage(null);
}

/** Somebody else with a copy of the map: `bench.there()` is their document, kept in step with ours. */
function addRemote(): void {
  let there: Y.Doc | null = null;
  bench.there = () => {
    if (!there) {
      const made = new Y.Doc();
      Y.applyUpdate(made, Y.encodeStateAsUpdate(doc));
      made.on("update", (update: Uint8Array, origin) => {
        if (origin !== "here") Y.applyUpdate(doc, update, "there");
      });
      doc.on("update", (update: Uint8Array, origin) => {
        if (origin !== "there") Y.applyUpdate(made, update, "here");
      });
      there = made;
    }
    return there;
  };
  bench.setPeer = (client: number, state: Record<string, unknown> | null) => {
    if (state) awareness.states.set(client, state);
    else awareness.states.delete(client);
    awareness.emit("change", [{ added: [], updated: [client], removed: [] }, "there"]);
  };
  bench.caretAt = (node: string, index: number) => {
    const text = textOf(doc, node);
    return text && anchorAt(text, index);
  };
}

function dealt(trl: number): Chips {
  const card = (target: string): Card => {
    const n = Number(target.slice(4));
    const gap = { kind: "gap", title: "A gap", state: "accepted", tlp: "AMBER" } as const;
    return { ...gap, target, handle: `GAP-${n}`, solutions: n % 4, best_trl: n % 4 ? trl : null };
  };
  const words: ChipWords = {
    gap: () => "Gap",
    solution: () => "Solution",
    gaps: (count) => `${count} gaps`,
    solutions: (count) => `${count} solutions`,
    bestTrl: (best) => `best TRL ${best}`,
    none: () => "no solution yet",
    trl: (range) => `TRL ${range}`,
    standing: (state) => state,
  };
  return new Chips({ card, standing: () => "proposed" }, words);
}

function makeDoc(name: string): Y.Doc {
  if (name === "workshop") return workshop();
  return name === "empty" ? emptyMap("A new map") : large(Number(name), query.has("linked"));
}

function addPeers(count: number): void {
  const names = ["Badger-07", "Heron-12", "Lynx-03", "Otter-21", "Raven-09"];
  for (let i = 0; i < count; i++) {
    const client = 1000 + i;
    const node = ["n6", "n9", "n20", "n6", "n30"][i % 5] ?? "n2";
    const text = textOf(doc, node);
    const user = {
      id: `p${i}`,
      name: names[i % 5],
      colour: COLOURS[(i * 2 + 3) % 6],
      role: "editor",
    };
    const caret =
      i % 3 === 1 && text
        ? { node, field: "text", anchor: anchorAt(text, 4), head: anchorAt(text, 9) }
        : null;
    awareness.states.set(client, { user, selected: node, caret });
    awareness.meta.set(client, { clock: 1, lastUpdated: Date.now() });
  }
}
