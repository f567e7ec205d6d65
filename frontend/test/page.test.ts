import { expect, it, vi } from "vitest";
import { ownSyncUrl, watchPage } from "~/sync/page";

it("tells when the page or the network comes back, and when the page may go", () => {
  const [onWake, onHide] = [vi.fn(), vi.fn()];
  const visibility = vi.spyOn(document, "visibilityState", "get");
  const stop = watchPage({ onWake, onHide, wouldLose: () => false });

  for (const name of ["online", "offline", "pageshow"]) window.dispatchEvent(new Event(name));
  visibility.mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  expect([onWake, onHide].map((told) => told.mock.calls.length)).toEqual([4, 0]);

  visibility.mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("pagehide"));
  expect([onWake, onHide].map((told) => told.mock.calls.length)).toEqual([4, 2]);

  stop();
  window.dispatchEvent(new Event("online"));
  window.dispatchEvent(new Event("pagehide"));
  expect([onWake, onHide].map((told) => told.mock.calls.length)).toEqual([4, 2]);
});

it("has the browser ask before it closes a page with which something would go, and only then", () => {
  const wouldLose = vi.fn(() => true);
  const stop = watchPage({ onWake: () => {}, onHide: () => {}, wouldLose });
  const isAsked = () => {
    const leaving = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(leaving);
    return leaving.defaultPrevented;
  };

  expect(isAsked()).toBe(true);
  wouldLose.mockReturnValue(false);
  expect(isAsked()).toBe(false);
  stop();
  wouldLose.mockReturnValue(true);
  expect(isAsked()).toBe(false);
});

it("the sync address is the page's own", () => {
  expect(ownSyncUrl()).toBe(`ws://${window.location.host}/sync`);
});
