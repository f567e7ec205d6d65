import { useEffect, useState } from "react";
import { Awareness } from "y-protocols/awareness";
import type { MapEntry } from "~/api/types";
import type { OpenMap } from "~/hooks/roomState";
import { createUndo } from "~/map/commands";
import { modelOf } from "~/map/model";
import type { Replay } from "~/map/replay";
import type { NodeId } from "~/map/schema";
import { NO_ACTIONS } from "~/pages/session/actions/context";
import { MapCanvas } from "~/pages/session/MapCanvas";
import type { MapController } from "~/pages/session/MapController";
import type { Light } from "./lights";

interface TimelineCanvasProps {
  map: MapEntry;
  replay: Replay;
  lights: readonly Light[];
  /** The node that is selected at first. */
  selected: NodeId | null;
  onSelect: (id: NodeId | null) => void;
  onController: (controller: MapController | null) => void;
}

/** The map as it was, drawn like the live one and not to be changed. */
export function TimelineCanvas(props: TimelineCanvasProps) {
  const { map, replay, lights, onController } = props;
  const [controller, setController] = useState<MapController | null>(null);
  const open = useOpened(replay);
  useEffect(() => {
    onController(controller);
    controller?.presence.show(lights);
  }, [controller, lights, onController]);
  return (
    open && (
      <MapCanvas
        map={open}
        mapId={`timeline.${map.id}`}
        author={{ id: map.me.participant }}
        canEdit={false}
        page={NO_ACTIONS}
        selected={props.selected}
        onSelect={props.onSelect}
        onController={setController}
      />
    )
  );
}

/** What is drawn as an open map that nobody else is in. */
function useOpened(replay: Replay): OpenMap | null {
  const [open, setOpen] = useState<OpenMap | null>(null);
  const doc = replay.shown;
  useEffect(() => {
    const awareness = new Awareness(doc);
    const [model, undo] = [modelOf(doc), createUndo(doc)];
    setOpen({ room: { awareness, setPresence: () => undefined }, doc, model, undo });
    return () => {
      setOpen(null);
      undo.destroy();
      model.destroy();
      awareness.destroy();
    };
  }, [doc]);
  return open;
}
