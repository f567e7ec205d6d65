import { beforeEach, describe, expect, it, vi } from "vitest";
import { TextMeasure } from "~/pages/session/render/measure";
import { STYLES, TEXT_WIDTH } from "~/pages/session/render/metrics";

const LINE = STYLES[2].line;

// Without a screen a letter is 0.55 of the text size wide: 7.7 px, 33 letters a line.
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});

function lines(text: string): number {
  return new TextMeasure("sans-serif").text(text, 3).height / LINE;
}

describe("measured text", () => {
  it("takes one line, and no more width than it needs", () => {
    const size = new TextMeasure("sans-serif").text("Ten letter", 3);
    expect(size).toEqual({ width: 79, height: LINE });
  });

  it("breaks between words when a line is full, and at each new line", () => {
    expect(lines("one two three four five six seven eight")).toBe(2);
    expect(lines("one\n\nthree")).toBe(3);
  });

  it("breaks a word that no line can hold, and never gets wider than a line", () => {
    const size = new TextMeasure("sans-serif").text("x".repeat(100), 3);
    expect(size.height / LINE).toBe(4);
    expect(size.width).toBeLessThanOrEqual(TEXT_WIDTH + 2);
  });

  it("leaves room for a tab, which is wider than a space", () => {
    const words = new TextMeasure("sans-serif");
    expect(words.text("a\tb", 3)).toEqual(words.text("a   b", 3));
  });

  it("breaks at spaces of all kinds, but for one that holds two words together", () => {
    const width = (space: string) =>
      new TextMeasure("sans-serif").text(`${"x".repeat(9)} yyyyy${space}${"z".repeat(20)}`, 3)
        .width;
    const alone = new TextMeasure("sans-serif").text("z".repeat(20), 3).width;
    const held = new TextMeasure("sans-serif").text("z".repeat(26), 3).width;
    expect([width(" "), width("\u3000"), width("\u00a0")]).toEqual([alone, alone, held]);
  });

  it("lets spaces at the end of a line hang", () => {
    expect(lines(`${"x".repeat(33)}     ${"y".repeat(33)}`)).toBe(2);
  });
});
