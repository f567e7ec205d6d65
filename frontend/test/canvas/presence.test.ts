import { describe, expect, it } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { peersOf } from "~/hooks/presence";
import { colourOfPerson } from "~/map/people";

function awarenessWith(...states: Record<string, unknown>[]): Awareness {
  const awareness = new Awareness(new Y.Doc());
  states.forEach((state, n) => {
    awareness.states.set(n + 1, state);
  });
  return awareness;
}

const user = { id: "p1", name: "Heron-12", colour: "purple", role: "editor" };

it("gives a person the colour that the server gives them, here or not", () => {
  // As `colour_of` in src/sync/presence reckons: the bytes of the id, added up.
  expect(["p1", "p2", "0193a0c4-7f00-7000-8000-000000000001", "é"].map(colourOfPerson)).toEqual([
    "purple",
    "red",
    "yellow",
    "blue",
  ]);
});

describe("the others in a room", () => {
  it("are those the server has named, without oneself", () => {
    const awareness = awarenessWith({ user, selected: "n1" }, { selected: "n2" });
    awareness.setLocalState({ user: { ...user, name: "Me" } });
    expect(peersOf(awareness).map(({ name, selected }) => [name, selected])).toEqual([
      ["Heron-12", "n1"],
    ]);
  });

  it("do no harm with what they say about themselves", () => {
    const awareness = awarenessWith({
      user: { ...user, colour: "javascript:alert(1)" },
      selected: { evil: true },
      caret: { node: "n1" },
      drag: { nodes: ["n1", 7, ...Array(1000).fill("n2")], parent: 4 },
    });
    const [peer] = peersOf(awareness);
    expect(peer).toMatchObject({ colour: "purple", selected: null, caret: null });
    expect(peer?.drag?.nodes).toHaveLength(49);
    expect(peer?.drag?.parent).toBeNull();
  });
});
