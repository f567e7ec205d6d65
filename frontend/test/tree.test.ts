// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { NodeId, Place } from "~/map/schema";
import { type Resolved, resolve } from "~/map/tree";

interface Outline {
  id: NodeId;
  children: Outline[];
}
interface Case {
  nodes: Record<NodeId, { place?: Place }>;
  outline: Outline;
  levels: Record<NodeId, number>;
}

const FIXTURE = new URL("../../tests/fixtures/tree.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(FIXTURE, "utf8")) as { cases: Case[] };

function outline(tree: Resolved, id: NodeId): Outline {
  const children = tree.childrenOf.get(id) ?? [];
  return { id, children: children.map((child) => outline(tree, child)) };
}

function placesOf(nodes: Case["nodes"]): Map<NodeId, Place | undefined> {
  return new Map(Object.entries(nodes).map(([id, node]) => [id, node.place]));
}

describe("the tree rule", () => {
  it.each(cases.map((given, n) => ({ n, ...given })))(
    "resolves case $n as the server does",
    (given) => {
      const tree = resolve(placesOf(given.nodes));

      expect(outline(tree, "root")).toEqual(given.outline);
      const levels = [...tree.parentOf.keys()].map((id) => [id, tree.raised.get(id) ?? 0]);
      expect(Object.fromEntries(levels)).toEqual(given.levels);
    },
  );

  it("does not depend on the order in which nodes are met", () => {
    for (const { nodes } of cases) {
      const there = resolve(placesOf(nodes));
      const back = resolve(new Map([...placesOf(nodes)].reverse()));

      expect(outline(back, "root")).toEqual(outline(there, "root"));
    }
  });

  it("sends a node without a place to the end of root's children", () => {
    const places = new Map<NodeId, Place | undefined>([
      ["root", undefined],
      ["lost", undefined],
      ["z", { parent: "root", order: "zz", clock: 1 }],
    ]);

    expect(resolve(places).childrenOf.get("root")).toEqual(["z", "lost"]);
  });
});
