import { useEffect, useRef } from "react";
import type { MapModel } from "~/map/model";
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

function showAll({ view }: MapController): void {
  view.scene.settle();
  const map = view.scene.layout.bounds();
  const seen = view.camera.view();
  const isSeen =
    seen.x <= map.x &&
    seen.y <= map.y &&
    map.x + map.width <= seen.x + seen.width &&
    map.y + map.height <= seen.y + seen.height;
  if (!isSeen) view.fit();
}
