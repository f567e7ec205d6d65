import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { RoomState } from "~/hooks/useRoom";
import { modelOf } from "~/map/model";
import { RoundTools } from "~/pages/session/run/RoundTools";
import { isRevealNext } from "~/pages/session/run/waiting";
import type { SessionState } from "~/sync/protocol";
import { NEW_STATUS } from "~/sync/status";

/** What a facilitator has at hand where so many wrote, while this round is on. */
function open(people: number, round: { id: string; revealed: boolean } | null): void {
  cleanup();
  const session = { round, silent: { round: "silent", ideas: 3, people }, vote: null };
  const room = { status: { ...NEW_STATUS, session }, model: modelOf(new Y.Doc()) };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RoundTools
        map="map"
        room={room as unknown as RoomState}
        selected={null}
        onRevealed={() => {}}
      />
    </QueryClientProvider>,
  );
}

/** What they are asked who are about to reveal. */
async function asked(people: number): Promise<string> {
  open(people, { id: "silent", revealed: false });
  fireEvent.click(screen.getByRole("button", { name: /^Reveal/ }));
  const dialog = await screen.findByRole("dialog");
  return within(dialog).getByText(/under nobody's name/).textContent ?? "";
}

describe("revealing", () => {
  it("says first where so few wrote that others can tell whose ideas these are", async () => {
    expect(await asked(1)).toMatch(/Only one person wrote/);
    expect(await asked(2)).toMatch(/Only 2 people wrote/);
    expect(await asked(3)).not.toMatch(/Only/);
  });

  it("can be done as long as ideas wait, whatever round is on by then", () => {
    const offers = () => screen.queryByRole("button", { name: /^Reveal/ }) !== null;
    for (const round of [{ id: "vote", revealed: false }, null]) {
      open(5, round);
      expect(offers()).toBe(true);
    }
    open(5, { id: "silent", revealed: true });
    expect(offers()).toBe(false);
  });

  it("comes before going on: one thing at a time is what one does next", () => {
    const next = (ideas: number, isRevealed: boolean) => {
      const round = { id: "silent", revealed: isRevealed };
      const session = { round, silent: { round: "silent", ideas, people: 2 } };
      return isRevealNext(session as unknown as SessionState) ? "Reveal" : "Next";
    };

    expect(next(3, false)).toBe("Reveal");
    expect(next(3, true)).toBe("Next");
    expect(next(0, false)).toBe("Next");
  });
});
