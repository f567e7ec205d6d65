/**
 * What every test finds: the texts, an empty page that remembers nothing, and the parts of a browser that
 * jsdom leaves out. Files share a page and their modules, as loading all of them anew took longer than the
 * tests: so none puts another module in the place of one.
 */
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import "~/messages/i18n";

// The first test of a file also waits for its pages to be loaded.
configure({ asyncUtilTimeout: 10_000 });
afterEach(() => {
  cleanup();
  if (typeof window === "undefined") return;
  localStorage.clear();
  sessionStorage.clear();
  Reflect.deleteProperty(navigator, "clipboard");
});

if (typeof window !== "undefined") {
  window.scrollTo = () => {};
  Element.prototype.scrollIntoView ??= () => {};
  Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  window.matchMedia ??= (media: string) =>
    ({
      media,
      matches: false,
      addEventListener() {},
      removeEventListener() {},
    }) as unknown as MediaQueryList;
}
