import type { MapNode } from "~/map/model";

/** How many markers (note, links) stand after a node's text. */
export function marksOf(node: MapNode | undefined): number {
  return (node?.hasNote ? 1 : 0) + (node && node.links.length > 0 ? 1 : 0);
}
