import { type MapViewName, VIEWS } from "~/pages/session/bar/ViewSwitch";

/** What a map's address says beside the map. */
export interface MapSearch {
  /** Map, outline or trash. */
  view?: MapViewName;
  /** A node to show first. */
  node?: string;
}

/** Reads a map's address; what it does not know it leaves out. */
export function readMapSearch(raw: Record<string, unknown>): MapSearch {
  const view = VIEWS.find((name) => name === raw.view);
  return {
    ...(view && { view }),
    ...(typeof raw.node === "string" && { node: raw.node }),
  };
}
