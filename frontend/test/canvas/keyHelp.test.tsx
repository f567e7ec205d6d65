import { render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { applyLanguage } from "~/messages/language";
import { KeyHelp } from "~/pages/session/KeyHelp";

afterEach(() => applyLanguage("en"));

describe("key help", () => {
  it("lists the map's keys with what they do", () => {
    render(<KeyHelp open onClose={() => undefined} />);
    const line = screen.getByText("Put a new parent above").parentElement as HTMLElement;
    expect(within(line).getAllByText(/^(Ctrl|Shift|Enter)$/)).toHaveLength(3);
    expect(screen.getByText("Select all")).toBeTruthy();
    expect(screen.getByText("Leave the map for the next area")).toBeTruthy();
  });

  it("calls keys what the keyboards of the language call them", async () => {
    await applyLanguage("fr");
    render(<KeyHelp open onClose={() => undefined} />);
    const line = screen.getByText("Mettre un nouveau parent au-dessus").parentElement;
    expect(within(line as HTMLElement).getAllByText(/^(Ctrl|Maj|Entrée)$/)).toHaveLength(3);
  });
});
