import { useCallback, useSyncExternalStore } from "react";
import type { MapModel } from "~/map/model";

/**
 * Something about the live map, read again whenever anyone changes it. `pick` must give the same
 * value while nothing changed: a number, a text, or an object of the model's own.
 */
export function useMapModel<T>(model: MapModel, pick: (model: MapModel) => T): T {
  const subscribe = useCallback((listener: () => void) => model.subscribe(listener), [model]);
  return useSyncExternalStore(subscribe, () => pick(model));
}
