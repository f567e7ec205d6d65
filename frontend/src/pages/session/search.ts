import { type MapViewName, VIEWS } from "~/pages/session/bar/ViewSwitch";

/** What a map's address says beside the map. */
export interface MapSearch {
  /** Map, outline, links or trash. */
  view?: MapViewName;
  /** A node to show first. */
  node?: string;
  /** For a big screen: without anything to press. */
  projector?: boolean;
}

/** Reads a map's address; what it does not know it leaves out. */
export function readMapSearch(raw: Record<string, unknown>): MapSearch {
  const view = VIEWS.find((name) => name === raw.view);
  return {
    ...(view && { view }),
    ...(raw.projector !== undefined && raw.projector !== false && { projector: true }),
    ...(typeof raw.node === "string" && { node: raw.node }),
  };
}
