/**
 * The colour each main branch shows: its own, or one of the palette while it has none.
 *
 * A branch without a colour keeps the one it was first shown in for as long as the page is open.
 */

import type { MapModel } from "~/map/model";
import { COLOURS, type Colour, type NodeId, ROOT } from "~/map/schema";

/** The order in which colours are given out: neighbours should look different. */
const TURN: readonly Colour[] = ["blue", "orange", "green", "purple", "red", "yellow"];

/** The colours of one map's branches. */
export class BranchColours {
  private readonly given = new Map<NodeId, Colour>();

  constructor(private readonly model: MapModel) {}

  /** The colour a node is drawn in; null for the central topic. */
  of(id: NodeId): Colour | null {
    const own = this.model.colourOf(id);
    if (own) {
      return own;
    }
    let branch = id;
    for (let node = this.model.node(id); node; node = this.model.node(branch)) {
      if (node.parent === null) {
        return null;
      }
      if (node.parent === ROOT) {
        return this.give(branch);
      }
      branch = node.parent;
    }
    return null;
  }

  /** The colour that the fewest main branches have: what a new one should get. */
  next(): Colour {
    const counts = new Map<Colour, number>(COLOURS.map((colour) => [colour, 0]));
    for (const id of this.model.node(ROOT)?.children ?? []) {
      const colour = this.model.colourOf(id) ?? this.given.get(id);
      if (colour) {
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
    }
    return [...TURN].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))[0] ?? "blue";
  }

  private give(branch: NodeId): Colour {
    let colour = this.given.get(branch);
    if (!colour) {
      colour = this.next();
      this.given.set(branch, colour);
    }
    return colour;
  }
}
