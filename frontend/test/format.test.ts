/** Times in words, whatever a map says. */
import { expect, test } from "vitest";
import { formatDate, formatDateTime, formatRelative, formatTime } from "~/components/format";

test("a time for which there is no date ends nobody who shows it", () => {
  // The greatest that the server lets into a map: any editor's client can write it.
  const at = Number.MAX_SAFE_INTEGER;
  for (const format of [formatDate, formatDateTime, formatTime, formatRelative]) {
    expect(format(at)).not.toBe("");
  }
  expect(formatDate(at)).toContain("275760");
});
