import { describe, expect, it } from "vitest";
import { Layout, type LayoutInput } from "~/map/layout";
import { type Side, sidesInTurn } from "~/map/sides";
import { edgeSibling, meets, neighbour, nodeAt, nodesIn, visit } from "~/map/spatial";

/** A plain tree that can be changed under the layout's hands. */
class Tree implements LayoutInput {
  readonly root = "root";
  readonly kids = new Map<string, string[]>([["root", []]]);
  readonly sizes = new Map<string, { width: number; height: number }>();
  readonly said = new Map<string, Side>();
  private made = 0;
  private readonly times = new Map<string, number>();

  children(id: string): readonly string[] {
    return this.kids.get(id) ?? [];
  }
  size(id: string): { width: number; height: number } {
    return this.sizes.get(id) ?? { width: 80, height: 30 };
  }
  side(id: string): Side {
    const branches = this.children("root").map((kid) => ({
      id: kid,
      at: this.times.get(kid) ?? 0,
      said: this.said.get(kid),
    }));
    return this.said.get(id) ?? sidesInTurn(branches).get(id) ?? 1;
  }
  add(parent: string, id: string, index = Number.POSITIVE_INFINITY): void {
    this.kids.set(id, []);
    this.kids.get(parent)?.splice(index, 0, id);
    this.times.set(id, ++this.made);
  }
  parentOf(id: string): string | undefined {
    return [...this.kids].find(([, kids]) => kids.includes(id))?.[0];
  }
  move(id: string, parent: string, index: number): void {
    const old = this.kids.get(this.parentOf(id) ?? "");
    old?.splice(old.indexOf(id), 1);
    this.kids.get(parent)?.splice(index, 0, id);
  }
  remove(id: string): void {
    const old = this.kids.get(this.parentOf(id) ?? "");
    old?.splice(old.indexOf(id), 1);
  }
  shown(from = "root"): string[] {
    return [from, ...this.children(from).flatMap((kid) => this.shown(kid))];
  }
  inBranch(id: string, of: string): boolean {
    return this.shown(of).includes(id);
  }
}

/** Small numbers that look random and are the same in each run. */
function randomness(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

function randomTree(n: number, seed: number): Tree {
  const tree = new Tree();
  const random = randomness(seed);
  const ids = ["root"];
  for (let i = 1; i < n; i++) {
    const id = `n${i}`;
    const parent = ids[random(ids.length)] as string;
    tree.add(parent, id, random((tree.kids.get(parent)?.length ?? 0) + 1));
    tree.sizes.set(id, { width: 40 + random(220), height: 30 + 20 * random(4) });
    ids.push(id);
  }
  return tree;
}

function boxes(layout: Layout, tree: Tree): Map<string, ReturnType<Layout["box"]>> {
  return new Map(tree.shown().map((id) => [id, layout.box(id)]));
}

function expectNoOverlap(layout: Layout, tree: Tree): void {
  const all = tree.shown().map((id) => {
    const box = layout.box(id);
    expect(box).toBeDefined();
    return { id, box: box as NonNullable<typeof box> };
  });
  all.sort((a, b) => a.box.y - b.box.y);
  for (let i = 0; i < all.length; i++) {
    for (let j = i + 1; j < all.length; j++) {
      const [a, b] = [all[i], all[j]];
      if (!a || !b || a.box.y + a.box.height <= b.box.y) {
        break;
      }
      expect(meets(a.box, b.box) ? `${a.id} lies on ${b.id}` : "").toBe("");
    }
  }
}

/** Points on the curve from a parent to its child. */
function curve(layout: Layout, id: string, kid: string): { x: number; y: number }[] {
  const [from, to] = [layout.box(id), layout.box(kid)];
  if (!from || !to) {
    return [];
  }
  const right = to.x > 0;
  const [x0, y0] = [right ? from.x + from.width : from.x, from.y + from.height / 2];
  const [x1, y1] = [right ? to.x : to.x + to.width, to.y + to.height / 2];
  return Array.from({ length: 41 }, (_, i) => {
    const t = i / 40;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    const middle = (x0 + x1) / 2;
    return { x: a * x0 + (b + c) * middle + d * x1, y: (a + b) * y0 + (c + d) * y1 };
  });
}

describe("layout", () => {
  it("lets no two nodes overlap, whatever their sizes", () => {
    for (const seed of [1, 2, 3, 4]) {
      const tree = randomTree(400, seed);
      expectNoOverlap(new Layout(tree), tree);
    }
  });

  it("keeps siblings in order from top to bottom on each side", () => {
    const tree = randomTree(300, 7);
    const layout = new Layout(tree);
    for (const id of tree.shown()) {
      for (const side of [1, -1]) {
        const middles = tree
          .children(id)
          .filter((kid) => layout.sideOf(layout.slots.find(kid) ?? -1) === side)
          .map((kid) => layout.box(kid))
          .map((box) => (box ? box.y + box.height / 2 : Number.NaN));
        expect(middles).toEqual([...middles].sort((a, b) => a - b));
      }
    }
  });

  it("grows the same map by steps as it lays out at once", () => {
    const random = randomness(11);
    const tree = randomTree(60, 5);
    const layout = new Layout(tree);
    for (let step = 0; step < 300; step++) {
      const ids = tree.shown();
      const one = ids[random(ids.length)] as string;
      const two = ids[random(ids.length)] as string;
      const kind = random(4);
      if (kind === 0) {
        tree.add(one, `s${step}`, random(3));
        layout.refresh([`s${step}`, one]);
      } else if (kind === 1 && one !== "root" && ids.length > 20) {
        const parent = tree.parentOf(one) ?? "";
        tree.remove(one);
        layout.refresh([one, parent]);
      } else if (kind === 2 && one !== "root" && !tree.inBranch(two, one)) {
        tree.move(one, two, random(2));
        layout.refresh([one, two]);
      } else {
        tree.sizes.set(one, { width: 40 + random(200), height: 30 + random(60) });
        layout.refresh([one]);
      }
      expect(layout.size).toBe(tree.shown().length);
    }
    const grown = boxes(layout, tree);
    layout.rebuild();
    expect(grown).toEqual(boxes(layout, tree));
    expectNoOverlap(layout, tree);
  });

  it("survives parent and child changing places in one change", () => {
    const tree = new Tree();
    tree.add("root", "a");
    tree.add("a", "b");
    tree.add("b", "c");
    const layout = new Layout(tree);
    tree.kids.set("root", ["c"]);
    tree.kids.set("c", ["b"]);
    tree.kids.set("b", ["a"]);
    tree.kids.set("a", []);
    layout.refresh(["a", "b", "c"]);
    const grown = boxes(layout, tree);
    layout.rebuild();
    expect(grown).toEqual(boxes(layout, tree));
  });
});

describe("sides", () => {
  it("takes a branch over to the side that it is given, and stacks both sides anew", () => {
    const tree = new Tree();
    for (const id of ["a", "b", "c"]) tree.add("root", id);
    tree.add("a", "a1");
    const layout = new Layout(tree);
    tree.said.set("a", -1);
    layout.refresh(["a"]);
    expect(["a", "a1", "b", "c"].map((id) => Math.sign(layout.box(id)?.x ?? 0))).toEqual([
      -1, -1, 1, 1,
    ]);
    const grown = boxes(layout, tree);
    layout.rebuild();
    expect(grown).toEqual(boxes(layout, tree));
  });
});

describe("places", () => {
  it("finds every node that is in a window, and meets every curve's end", () => {
    const tree = randomTree(500, 9);
    const layout = new Layout(tree);
    for (const [x, y] of [
      [0, 0],
      [300, -400],
      [-500, 700],
    ] as const) {
      const view = { x, y, width: 640, height: 480 };
      const inside = tree.shown().filter((id) => meets(layout.box(id) ?? view, view));
      expect(nodesIn(layout, view).sort()).toEqual(inside.sort());
      const met = new Set<string>();
      visit(layout, view, ({ slot }) => {
        met.add(layout.slots.id(slot));
        return undefined;
      });
      for (const id of tree.shown()) {
        for (const kid of tree.children(id)) {
          const crosses = curve(layout, id, kid).some((point) =>
            meets({ ...point, width: 0, height: 0 }, view),
          );
          expect(crosses && !met.has(kid) ? `curve to ${kid} is missing` : "").toBe("");
        }
      }
    }
  });

  it("leads the arrows where the eye would go", () => {
    const tree = new Tree();
    tree.kids.set("root", ["a", "b", "c", "d"]);
    tree.kids.set("a", ["a1", "a2"]);
    tree.kids.set("b", ["b1"]);
    const layout = new Layout(tree);
    expect(neighbour(layout, "a", "right")).toBe("a1");
    expect(neighbour(layout, "a1", "left")).toBe("a");
    expect(neighbour(layout, "a2", "down")).toBe("b1");
    expect(neighbour(layout, "b1", "up")).toBe("a2");
    expect(neighbour(layout, "root", "left")).toBe("c");
    expect(neighbour(layout, "c", "right")).toBe("root");
    expect(neighbour(layout, "b", "down")).toBeUndefined();
    expect(edgeSibling(layout, "c", true)).toBe("d");
    expect(nodeAt(layout, 0, 0)).toBe("root");
    expect(nodeAt(layout, 5000, 0)).toBeUndefined();
  });
});
