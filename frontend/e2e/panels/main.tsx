/**
 * The outline and the panels without a server: `?map=workshop`, `?map=empty` or `?map=10000`, `&view=1` to look
 * only. `window.panels` holds the document, for a script to play the others.
 */
import { Tooltip } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { ToastProvider } from "~/components/Toast";
import { addChild, addComment, createUndo, remove } from "~/map/commands";
import { MapModel } from "~/map/model";
import { type NodeId, ROOT } from "~/map/schema";
import "~/messages/i18n";
import { MapOutline } from "~/pages/session/MapOutline";
import { NodePanel } from "~/pages/session/NodePanel";
import { TrashPanel } from "~/pages/session/TrashPanel";
import "~/styles/base.css";
import "~/styles/tokens.css";
import { emptyMap, large, workshop } from "../../bench/maps";

const query = new URLSearchParams(location.search);
const doc = makeDoc(query.get("map") ?? "workshop");
const model = new MapModel(doc);
const awareness = new Awareness(doc);
const author = { id: "me" };
const other = { id: "badger" };
const room = {
  doc,
  model,
  undo: createUndo(doc),
  status: { synced: true },
  room: {
    awareness,
    setPresence: (fields: object) =>
      awareness.setLocalState({ ...awareness.getLocalState(), ...fields }),
  },
};

/** Somebody else's edits: made in a second document, and brought over. */
function asOther(edit: (theirs: Y.Doc) => void): void {
  const theirs = new Y.Doc();
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc));
  new MapModel(theirs);
  edit(theirs);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs), "remote");
}

const branches = model.node(ROOT)?.children ?? [];
const first = model.node(branches[0] ?? ROOT)?.children[0];
if (first) {
  asOther((theirs) =>
    addComment(theirs, other, first, "Two stations near us do this already; it works."),
  );
  asOther((theirs) =>
    remove(theirs, other, [addChild(theirs, other, first, "A form in three copies")]),
  );
}
addPeer(1001, { id: "badger", name: "Badger-07", colour: "purple", role: "editor" }, first ?? ROOT);
Object.assign(window, { panels: { doc, model, asOther, addChild, other, ROOT } });

function addPeer(client: number, user: object, selected: NodeId): void {
  awareness.states.set(client, { user, selected });
  awareness.meta.set(client, { clock: 1, lastUpdated: Date.now() });
}

function makeDoc(name: string): Y.Doc {
  if (name === "empty") return emptyMap("Empty map");
  return name === "workshop" ? workshop() : large(Number(name));
}

function Panels() {
  const [selected, setSelected] = useState<NodeId | null>(first ?? null);
  const [side, setSide] = useState(query.get("side") ?? "node");
  const props = { room, selected, onSelect: setSelected, author, canEdit: !query.has("view") };
  useEffect(() => {
    // Two frames later it has been painted.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => performance.measure("first rows", "document")),
    );
  }, []);
  const wide = window.matchMedia("(min-width: 48rem)").matches;
  const outline = <MapOutline {...props} onDetails={() => setSide("node")} />;
  const panel =
    side === "trash" ? (
      <TrashPanel {...props} onClose={() => setSide("")} />
    ) : (
      <NodePanel {...props} onClose={() => setSide("")} />
    );
  return (
    <main style={{ position: "fixed", inset: 0, display: "flex" }}>
      <h1 className="visually-hidden">Panels</h1>
      {(wide || query.get("side") === null) && (
        <div style={{ flex: 1, minWidth: 0 }}>{outline}</div>
      )}
      {(wide || query.get("side") !== null) && side !== "" && (
        <div style={{ width: wide ? "22rem" : "100%", borderLeft: "1px solid var(--border)" }}>
          {panel}
        </div>
      )}
    </main>
  );
}

performance.mark("document");
createRoot(document.getElementById("app") as HTMLElement).render(
  <Tooltip.Provider>
    <ToastProvider>
      <Panels />
    </ToastProvider>
  </Tooltip.Provider>,
);
