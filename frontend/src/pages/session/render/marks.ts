import type { MapNode } from "~/map/model";

/** How many markers (a note) stand after a node's text. */
export function marksOf(node: MapNode | undefined): number {
  return node?.hasNote ? 1 : 0;
}
