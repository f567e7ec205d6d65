/** The badge never claims more than is true. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ConnectionBadge } from "~/components/ConnectionBadge";

it("does not say saved before this device has told what it still keeps", () => {
  const props = { phase: "open", unsent: 0, isKept: false } as const;
  const { rerender } = render(<ConnectionBadge {...props} isRecalled={false} />);
  expect(screen.getByRole("button").textContent).toBe("Checking…");
  rerender(<ConnectionBadge {...props} isRecalled />);
  expect(screen.getByRole("button").textContent).toBe("Saved");
});

it.each([
  ["open", 1],
  ["offline", 0],
] as const)("says that a browser keeps nothing: %s", async (phase, unsent) => {
  render(<ConnectionBadge {...{ phase, unsent }} isKept={false} isRecalled />);
  fireEvent.focus(screen.getByRole("button"));
  expect(await screen.findByText(/this browser keeps nothing/)).toBeTruthy();
});
