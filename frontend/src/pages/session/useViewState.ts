import { useSyncExternalStore } from "react";
import type { MapView } from "~/pages/session/render/MapView";
import type { ViewState } from "~/pages/session/render/viewState";

const nothing = () => () => undefined;
const IDLE: ViewState = { active: null, selected: [], editing: null, zoom: 1, moving: null };

/** One part of what the map shows; the component is drawn again only when that part changes. */
export function useViewState<T>(view: MapView | null, pick: (state: ViewState) => T): T {
  return useSyncExternalStore(view?.subscribe ?? nothing, () => pick(view?.getState() ?? IDLE));
}
