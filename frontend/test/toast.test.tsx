/** What is said at the foot of the page: how long it stands, what ends it, and where the keyboard goes. */
import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { settled, ToastProvider, toast } from "~/components/Toast";

beforeEach(() => {
  vi.useFakeTimers();
  render(
    <ToastProvider>
      <button type="button">The map</button>
    </ToastProvider>,
  );
  return () => {
    // What is left over would stand in the next test.
    act(() => vi.advanceTimersByTime(60_000));
    vi.useRealTimers();
  };
});

const say = (message: Parameters<typeof toast>[0]) => act(() => toast(message));
const after = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const stands = (title: string) =>
  [...document.querySelectorAll("[data-region=toasts] [role$=dialog]")].some(
    (it) => it.textContent?.includes(title) && !it.hasAttribute("data-ending-style"),
  );

it("says for a while what went wrong, and not for ever", () => {
  say({ title: "That went wrong", tone: "danger" });
  after(15_000);
  expect(stands("That went wrong")).toBe(true);
  after(10_000);
  expect(stands("That went wrong")).toBe(false);
});

it("ends with what it is about", () => {
  let over = () => {};
  const until = (end: () => void) => {
    over = end;
    return () => undefined;
  };
  say({ title: "Deleted", action: { label: "Undo", onClick: () => undefined }, until });
  expect(stands("Deleted")).toBe(true);
  act(() => over());
  expect(stands("Deleted")).toBe(false);

  say({ title: "Too much", tone: "danger", about: "paste" });
  act(() => settled("paste"));
  expect(stands("Too much")).toBe(false);
});

it("listens no longer than it stands", () => {
  const stop = vi.fn();
  say({ title: "Deleted", action: { label: "Undo", onClick: () => undefined }, until: () => stop });
  after(5_000);
  expect(stop).not.toHaveBeenCalled();
  after(5_000);
  expect(stop).toHaveBeenCalledOnce();
});

it("gives the keyboard back to what had it", () => {
  const map = screen.getByText("The map");
  map.focus();
  say({ title: "Deleted", action: { label: "Undo", onClick: () => undefined } });
  const undo = screen.getByText("Undo");
  act(() => undo.focus());
  fireEvent.click(undo);
  after(0);
  expect(document.activeElement).toBe(map);
});
