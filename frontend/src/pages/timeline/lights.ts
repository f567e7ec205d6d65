import type { NodeDifference } from "~/api/types";
import type { Peer } from "~/hooks/presence";
import { colourOfPerson } from "~/map/people";
import type { Colour, NodeId } from "~/map/schema";
import type { Who } from "./useWho";

/** A node that stands out on the map: drawn as somebody who is there would be. */
export type Light = Peer;

function light(nth: number, node: NodeId, name: string, colour: Colour): Light {
  const at = { selected: node, caret: null, drag: null, view: null };
  return { client: nth + 1, id: node, role: "viewer", name, colour, ...at };
}

/** The nodes that somebody made; "" stands for whoever has no name. */
export function personLights(
  makers: ReadonlyMap<NodeId, string | null>,
  person: string,
  who: Who,
): Light[] {
  const made = [...makers].filter(([, by]) => (by ?? "") === person);
  return made.map(([node], nth) => light(nth, node, who.nameOf(person), colourOfPerson(person)));
}

/** What became of a node, in one word: a change of words counts more than one of places. */
export type Became = "added" | "deleted" | "changed" | "moved";

/** What became of a node, in one word. */
export function becameOf(it: NodeDifference): Became {
  if (it.what === "added" || it.what === "deleted") return it.what;
  const { text, note, kind, colour, links, moved_from } = it;
  return moved_from && !text && !note && !kind && !colour && !links ? "moved" : "changed";
}

const COLOURS: Readonly<Record<Became, Colour>> = {
  added: "green",
  deleted: "red",
  changed: "orange",
  moved: "blue",
};

/** The nodes that differ. Colour is not all that tells how: each wears the word's initial. */
export function differenceLights(
  items: readonly NodeDifference[],
  word: (became: Became) => string,
): Light[] {
  return items.map((it, nth) => {
    const became = becameOf(it);
    return light(nth, it.node, word(became), COLOURS[became]);
  });
}
