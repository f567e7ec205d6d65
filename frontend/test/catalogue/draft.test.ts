/** The form of a record: what has changed, and how it goes together with what others saved. */
import { expect, it } from "vitest";
import type { FieldShape } from "~/api/types";
import { changed, clashesOf, draftOf, problemsOf, rebased } from "~/pages/catalogue/form/draft";

const field = (name: string, takes: FieldShape["takes"], more: Partial<FieldShape> = {}) => ({
  ...{ name, takes, about: "", required: false, fixed: false, choices: [] },
  ...{ least: null, most: null, characters: null, record: null, ...more },
});
const FIELDS: FieldShape[] = [
  field("title", "line", { required: true }),
  field("description", "text"),
  field("impact", "whole", { least: 1, most: 5 }),
  field("tags", "tags"),
  field("parent", "record"),
];
const RECORD = {
  ...{ title: "Phones", description: "", impact: 4, tags: ["ai"], tlp: "GREEN" },
  parent: { id: "p1", kind: "solution", number: "SOL-1", title: "Project" },
};

it("sends only what was changed, and what was emptied as nothing", () => {
  const base = draftOf(FIELDS, RECORD);

  const draft = { ...base, description: "Locked.", impact: null, tags: ["ai"] };

  expect(changed(base, draft)).toEqual({ description: "Locked.", impact: null });
  expect(changed(base, base)).toEqual({});
  expect(base.parent).toBe("p1");
});

it("begins a new record with nothing in each field, which is no change", () => {
  const nothing = draftOf(FIELDS, null);

  expect(nothing).toEqual({
    ...{ title: "", description: "", impact: null, tags: [], parent: null, tlp: "CLEAR" },
  });
  expect(changed(nothing, { ...nothing, title: "Phones" })).toEqual({ title: "Phones" });
});

const STALE = {
  current: { ...RECORD, version: 3, title: "Telephones", impact: 2 },
  differences: [
    { field: "title", yours: "Mobile phones", theirs: "Telephones" },
    { field: "impact", yours: 4, theirs: 2 },
  ],
};

it("asks about fields that both changed, and takes over those that only others did", () => {
  const { open, taken } = clashesOf(STALE, { title: "Mobile phones", description: "Locked." });

  expect(open.map((it) => it.field)).toEqual(["title"]);
  expect(taken.map((it) => it.field)).toEqual(["impact"]);
});

it.each([
  ["yours", "Mobile phones"],
  ["theirs", "Telephones"],
] as const)(
  "keeps %s where that was chosen, and never loses what nobody else touched",
  (side, title) => {
    const mine = { title: "Mobile phones", description: "Locked." };

    const next = rebased(draftOf(FIELDS, STALE.current), mine, { title: side });

    expect(next).toMatchObject({ title, description: "Locked.", impact: 2 });
  },
);

it("finds what is missing or out of range before the server is asked", () => {
  const draft = { ...draftOf(FIELDS, RECORD), title: "  ", impact: 9 };

  expect(problemsOf(FIELDS, draft)).toEqual({ title: "required", impact: "range" });
  expect(problemsOf(FIELDS, draftOf(FIELDS, RECORD))).toEqual({});
});
