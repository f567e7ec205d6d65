/** The addresses of the lists, and the way through their pages. */
import { expect, it } from "vitest";
import { waysFrom } from "~/pages/catalogue/list/trail";
import { narrowed, queryOf, readListSearch } from "~/pages/catalogue/search";

it("reads what its list can be narrowed by and leaves out the rest", () => {
  const raw = { coverage: "red", trl_min: 7, sort: "votes", q: 112, page: 4, evil: "x" };

  expect(readListSearch("gap", raw)).toEqual({ coverage: "red", sort: "votes", q: "112" });
  expect(readListSearch("solution", raw)).toEqual({ trl_min: "7", q: "112" });
  expect(queryOf({ trl_min: "7", stale: "false", after: "a", page: 2 })).toEqual({
    ...{ trl_min: 7, stale: false, cursor: "a", limit: 50 },
  });
});

it("begins at the first page again when a filter changes", () => {
  expect(narrowed({ q: "phones", after: "a", page: 3 }, { state: "draft" })).toEqual({
    ...{ q: "phones", state: "draft" },
  });
});

it("goes to the next page and back the way it came", () => {
  const first = waysFrom("gap", { q: "walk" }, "a");
  const second = waysFrom("gap", first.next ?? {}, "b");
  const third = waysFrom("gap", second.next ?? {}, null);

  expect(first.previous).toBeNull();
  expect(second.next).toEqual({ q: "walk", after: "b", page: 3 });
  expect(third).toMatchObject({ page: 3, next: null, previous: second.next && first.next });
  expect(second.previous).toEqual({ q: "walk" });
});

it("offers no way back from a page that was opened by a link, but for the second", () => {
  expect(waysFrom("fit", { after: "z", page: 9 }, null).previous).toBeNull();
  expect(waysFrom("fit", { after: "z", page: 2 }, null).previous).toEqual({});
});
