/** The colours of main branches: which one shows without being chosen, and which a new one gets (as in `mindmap/edit/colours.rs`). */
import { COLOURS, type Colour, type NodeId } from "~/map/schema";

/** The order in which colours are given out: neighbours should look different. */
const TURN: readonly Colour[] = ["blue", "orange", "green", "purple", "red", "yellow"];

/**
 * What a main branch shows while nobody has chosen its colour. It follows from the id (32-bit FNV-1a),
 * so that the branch looks the same to everybody, and in files that the server makes.
 */
export function colourOfBranch(id: NodeId): Colour {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return COLOURS[(hash >>> 0) % COLOURS.length] ?? "blue";
}

/** Colours for `count` new main branches beside those that are shown: each time that which the fewest of them show. */
export function rarestColours(shown: readonly (Colour | null)[], count: number): Colour[] {
  const counts = new Map<Colour, number>(TURN.map((colour) => [colour, 0]));
  for (const colour of shown) {
    if (colour) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return Array.from({ length: count }, () => {
    const [rarest = "blue"] = [...TURN].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
    counts.set(rarest, (counts.get(rarest) ?? 0) + 1);
    return rarest;
  });
}
