/** How people are told apart. */
import { COLOURS, type Colour } from "~/map/schema";

/** A participant's colour, wherever they are seen and whether or not they are here: as the server reckons it. */
export function colourOfPerson(id: string): Colour {
  const sum = new TextEncoder().encode(id).reduce((total, byte) => total + byte, 0);
  return COLOURS[sum % COLOURS.length] ?? "blue";
}
