import { useEffect, useRef } from "react";
import type { MapModel } from "~/map/model";
import { contains } from "~/map/spatial";
import type { MapController } from "~/pages/session/MapController";

/**
 * Shows the whole map once there are so many nodes in it, where not all of it is in the window: what was
 * revealed came to stand wherever there was room, and who runs the session should not have to look for it.
 */
export function useShowRevealed(model: MapModel, controller: MapController | null) {
  const forget = useRef(() => {});
  const latest = useRef(controller);
  latest.current = controller;
  useEffect(() => () => forget.current(), []);
  return (size: number) => {
    forget.current();
    const look = () => {
      if (model.size < size) return;
      forget.current();
      if (latest.current) showAll(latest.current);
    };
    const stop = model.subscribe(look);
    forget.current = () => void stop();
    look();
  };
}

/** Shows the whole map, where not all of it is in the window. */
export function showAll({ view }: MapController): void {
  view.scene.settle();
  if (!contains(view.camera.view(), view.scene.layout.bounds())) view.fit();
}
