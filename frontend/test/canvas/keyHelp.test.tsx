import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { KeyHelp } from "~/pages/session/KeyHelp";

describe("key help", () => {
  it("lists the map's keys with what they do", () => {
    render(<KeyHelp open onClose={() => undefined} />);
    const line = screen.getByText("Put a new parent above").parentElement as HTMLElement;
    expect(within(line).getAllByText(/^(Ctrl|Shift|Enter)$/)).toHaveLength(3);
    expect(screen.getByText("Select all")).toBeTruthy();
    expect(screen.getByText("Leave the map for the next area")).toBeTruthy();
  });
});
