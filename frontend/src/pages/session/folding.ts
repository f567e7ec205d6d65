/**
 * What this person has folded in each map, remembered in this browser.
 */

import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import { recall, remember } from "~/pages/session/remember";

/** Folds beyond this many are not worth remembering one by one. */
const MOST = 5_000;

/** The folds of a map; none where the browser keeps nothing. */
export function readFolds(map: string): NodeId[] {
  try {
    const value: unknown = JSON.parse(recall(`folded.${map}`) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers the folds of a map. */
export function writeFolds(map: string, folded: ReadonlySet<NodeId>): void {
  const ids = [...folded].slice(0, MOST);
  remember(`folded.${map}`, ids.length > 0 ? JSON.stringify(ids) : null);
}

/** Whether folds hide anything; some are of branches that are gone, or empty by now. */
export function isAnyFolded(model: MapModel, folded: ReadonlySet<NodeId>): boolean {
  return [...folded].some((id) => (model.node(id)?.children.length ?? 0) > 0);
}
