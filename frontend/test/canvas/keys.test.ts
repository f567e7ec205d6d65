import { describe, expect, it } from "vitest";
import { bindingFor, isTyping, type KeyPress } from "~/pages/session/keys/match";
import { BINDINGS } from "~/pages/session/keys/table";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    ...{ key, code: "", keyCode: 0, isComposing: false },
    ...{ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
    ...more,
  };
}

const commandOf = (key: string, more?: Partial<KeyPress>) => bindingFor(press(key, more))?.command;

describe("keys", () => {
  it("give the commands that fingers know", () => {
    expect(commandOf("Tab")).toBe("addChild");
    expect(commandOf("Insert")).toBe("addChild");
    expect(commandOf("Enter", { shiftKey: true })).toBe("addBefore");
    expect(commandOf("Enter", { shiftKey: true, ctrlKey: true })).toBe("addParent");
    expect(commandOf("Z", { shiftKey: true, ctrlKey: true })).toBe("redo");
    expect(commandOf(" ", { ctrlKey: true })).toBe("foldAll");
    expect(commandOf("ArrowUp", { ctrlKey: true })).toBe("moveUp");
    expect(commandOf("¡", { altKey: true, code: "Digit1" })).toBe("level1");
  });

  it("are told by their sign, whether or not a keyboard needs Shift for it", () => {
    expect(commandOf("?", { shiftKey: true })).toBe("help");
    expect(commandOf("?")).toBe("help");
    expect(commandOf("+", { ctrlKey: true, shiftKey: true })).toBe("zoomIn");
  });

  it("are told by their place on keyboards without Latin letters, and by their letter on all others", () => {
    const mod = (key: string, code: string) => commandOf(key, { code, ctrlKey: true });
    expect([mod("ζ", "KeyZ"), mod("я", "KeyZ"), mod("ז", "KeyZ")]).toEqual([
      "undo",
      "undo",
      "undo",
    ]);
    expect([mod("υ", "KeyY"), mod("к", "KeyR"), mod("Ζ", "KeyZ")]).toEqual([
      "redo",
      undefined,
      "undo",
    ]);
    expect([mod("z", "KeyW"), mod("w", "KeyZ"), mod("ř", "Digit5")]).toEqual([
      "undo",
      undefined,
      undefined,
    ]);
    expect(isTyping(press("ζ", { code: "KeyZ" }))).toBe(true);
  });

  it("leave Shift+Tab to the browser, which leads out of the map with it", () => {
    expect(commandOf("Tab", { shiftKey: true })).toBeUndefined();
  });

  it("do nothing while an input method composes", () => {
    expect(commandOf("Enter", { isComposing: true })).toBeUndefined();
    expect(commandOf("Enter", { keyCode: 229 })).toBeUndefined();
  });

  it("take what AltGr types for a letter and not for a command", () => {
    const at = press("@", { ctrlKey: true, altKey: true });
    expect(bindingFor(at)).toBeUndefined();
    expect(isTyping(at)).toBe(true);
  });

  it("begin to write with a letter or an accent, and with nothing else", () => {
    expect(isTyping(press("ä"))).toBe(true);
    expect(isTyping(press("Dead"))).toBe(true);
    expect(isTyping(press("F5"))).toBe(false);
    expect(isTyping(press("c", { ctrlKey: true }))).toBe(false);
  });

  it("have one meaning each", () => {
    const keys = BINDINGS.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
