import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { RoomState } from "~/hooks/useRoom";
import { modelOf } from "~/map/model";
import { RoundTools } from "~/pages/session/run/RoundTools";
import { NEW_STATUS } from "~/sync/status";

/** A facilitator about to reveal what so many people wrote. */
async function asked(people: number): Promise<string> {
  const session = { silent: { ideas: 3, people }, vote: null };
  const room = { status: { ...NEW_STATUS, session }, model: modelOf(new Y.Doc()) };
  const { unmount } = render(
    <QueryClientProvider client={new QueryClient()}>
      <RoundTools map="map" room={room as unknown as RoomState} silent="round" selected={null} />
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: /^Reveal/ }));
  const dialog = await screen.findByRole("dialog");
  const words = within(dialog).getByText(/under nobody's name/).textContent ?? "";
  unmount();
  return words;
}

describe("revealing", () => {
  it("says first where so few wrote that others can tell whose ideas these are", async () => {
    expect(await asked(1)).toMatch(/Only one person wrote/);
    expect(await asked(2)).toMatch(/Only 2 people wrote/);
    expect(await asked(3)).not.toMatch(/Only/);
  });
});
