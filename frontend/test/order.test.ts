// @vitest-environment node
import { describe, expect, it } from "vitest";
import { isOrder, orderBetween, ordersBetween } from "~/map/order";
import { seeded } from "./random";

describe("an order between two", () => {
  it.each([
    [null, null, "a0"],
    [null, "a0", "Zz"],
    [null, "Zz", "Zy"],
    ["a0", null, "a1"],
    ["a1", null, "a2"],
    ["az", null, "b00"],
    ["Zz", null, "a0"],
    [null, "b00", "az"],
    [null, "a0V", "a0"],
    ["a0", "a1", "a0V"],
    ["a1", "a2", "a1V"],
    ["a0V", "a1", "a0l"],
    ["Zz", "a0", "ZzV"],
    ["Zz", "a1", "a0"],
    ["bzz", null, "c000"],
    ["a0z", "a1", "a0zV"],
    ["a0", "a01", "a00V"],
  ])("%s and %s is %s", (before, after, between) => {
    expect(orderBetween(before, after)).toBe(between);
  });

  it("is found however often something is put at the same place", () => {
    const random = seeded(7);
    const orders: string[] = [];
    for (let n = 0; n < 3000; n++) {
      const at = random() < 0.5 ? 1 : Math.floor(random() * (orders.length + 1));
      const made = orderBetween(orders[at - 1] ?? null, orders[at] ?? null);
      orders.splice(at, 0, made);
    }

    expect(orders.every(isOrder)).toBe(true);
    expect(orders).toEqual([...new Set(orders)].sort());
  });

  it("takes a neighbour that is not in the format for none", () => {
    expect(orderBetween("", "!!")).toBe("a0");
    expect(orderBetween("a1", "a1")).toBe("a2");
    expect(orderBetween("a10", null)).toBe("a0");
  });
});

describe("several orders", () => {
  it.each([
    [null, null],
    ["a0", "a1"],
    ["a0", "a01"],
    ["a0V", "a0V1"],
    ["a0", "a012"],
    [null, "A00000000000000000000000001"],
    [null, "a0V"],
    ["a3", null],
  ])("between %s and %s stay between, in order and in the format", (before, after) => {
    for (const count of [1, 2, 61, 62, 4000]) {
      const orders = ordersBetween(before, after, count);

      expect(orders).toHaveLength(count);
      expect(orders.every(isOrder)).toBe(true);
      expect(orders).toEqual([...new Set(orders)].sort());
      expect(before === null || before < (orders[0] ?? "")).toBe(true);
      expect(after === null || (orders.at(-1) ?? "~") < after).toBe(true);
    }
  });

  it("of two people at the same place do not interleave", () => {
    const mine = ordersBetween("a0", "a1", 5, seeded(1));
    const theirs = ordersBetween("a0", "a1", 5, seeded(2));

    const merged = [...mine, ...theirs].sort();

    expect([mine.concat(theirs), theirs.concat(mine)]).toContainEqual(merged);
  });
});
