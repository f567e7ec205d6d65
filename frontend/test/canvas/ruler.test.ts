import { describe, expect, it, vi } from "vitest";
import { pairwise } from "~/pages/session/render/ruler";

/** A font with kerning: "A" and "V" move together, "fi" is one narrow sign. */
function font(text: string): number {
  const kerned = text.split("AV").length - 1;
  const joined = text.split("fi").length - 1;
  return text.length * 10 - kerned * 3 - joined * 4;
}

describe("ruler", () => {
  it("gives a word the width that the font gives it, pairs included", () => {
    const ruler = pairwise(font);
    for (const word of ["AVIATION", "office", "Überfall", "Ελλάδα", "", "x"]) {
      expect(ruler(word)).toBe(font(word));
    }
  });

  it("measures texts of more letters than it remembers", () => {
    const ruler = pairwise(font);
    const letters = String.fromCharCode(...Array.from({ length: 400 }, (_, n) => 0x100 + n));
    expect(ruler(letters)).toBe(4_000);
    expect(ruler(letters.slice(300))).toBe(1_000);
    expect(ruler("AVIATION")).toBe(font("AVIATION"));
  });

  it("asks the font little, however many words there are", () => {
    const asked = vi.fn(font);
    const ruler = pairwise(asked);
    for (let n = 0; n < 10_000; n++) ruler(`word${n}`);
    expect(asked.mock.calls.length).toBeLessThan(200);
  });

  it("measures a part of a text as if it stood alone", () => {
    const ruler = pairwise(font);
    expect(ruler("the AVIATION office", 4, 12)).toBe(font("AVIATION"));
    expect(ruler("مرحبا office", 6)).toBe(font("office"));
  });

  it("has no width for tabs and line breaks, which are no letters", () => {
    expect(pairwise(font)("a\tb")).toBeNaN();
    expect(pairwise(font)("a\nb")).toBeNaN();
  });

  it("asks for whole words where letters join otherwise than in pairs", () => {
    const asked = vi.fn((text: string) => (text === "مرحبا" ? 31 : 999));
    expect(pairwise(asked)("مرحبا")).toBe(31);
  });
});
