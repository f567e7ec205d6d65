import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import * as Y from "yjs";
import type { OpenMap } from "~/hooks/roomState";
import { createUndo } from "~/map/commands";
import { modelOf } from "~/map/model";
import { RoomClient, type RoomStatus } from "~/sync/RoomClient";
import { NEW_STATUS } from "~/sync/status";

/** An open map with its connection: what the session's screens are given. */
export interface RoomState extends OpenMap {
  readonly room: RoomClient;
  readonly status: RoomStatus;
}

type Opened = Pick<RoomState, "room" | "doc" | "model" | "undo">;

const nothing = () => undefined;

/**
 * Opens a map for as long as the component is there; null until its document is made. Where the
 * server has rebuilt the map, document, model and undo are new ones. Where it is known who looks
 * (`participant`), nothing is shown of what somebody else left in this browser.
 */
export function useRoom(mapId: string, participant?: string): RoomState | null {
  const [room, setRoom] = useState<RoomClient | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);

  useEffect(() => {
    const made = new RoomClient({ mapId, participant, doc: new Y.Doc() });
    made.connect();
    setRoom(made);
    return () => {
      setRoom(null);
      void made.destroy();
    };
  }, [mapId, participant]);

  const status = useSyncExternalStore(
    useCallback((listener) => room?.subscribe(listener) ?? nothing, [room]),
    () => room?.status ?? NEW_STATUS,
  );
  const { generation } = status;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another generation is another document
  useEffect(() => {
    if (!room) return;
    const { doc } = room;
    const model = modelOf(doc);
    const undo = createUndo(doc);
    setOpened({ room, doc, model, undo });
    return () => {
      setOpened(null);
      undo.destroy();
      model.destroy();
    };
  }, [room, generation]);

  return opened && opened.room === room ? { ...opened, status } : null;
}
