import { expect, it, vi } from "vitest";
import { ownSyncUrl, watchPage } from "~/sync/page";

it("tells when the page or the network comes back, and when the page may go", () => {
  const [onWake, onHide] = [vi.fn(), vi.fn()];
  const visibility = vi.spyOn(document, "visibilityState", "get");
  const stop = watchPage({ onWake, onHide });

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

it("the sync address is the page's own", () => {
  expect(ownSyncUrl()).toBe(`ws://${window.location.host}/sync`);
});
