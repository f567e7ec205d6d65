/** One's own votes, from the key to the server. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, it, type MockInstance, vi } from "vitest";
import type { MyVotes } from "~/api/types";
import * as api from "~/api/votes";
import type { RoomState } from "~/hooks/useRoom";
import { useVotes } from "~/hooks/useVotes";
import { useVoting } from "~/pages/session/vote/useVoting";
import { VotesLeft } from "~/pages/session/vote/VotesLeft";
import { NEW_STATUS } from "~/sync/status";
import { mapOf } from "./maps";

let readVotes: MockInstance<typeof api.readVotes>;
let putVotes: MockInstance<typeof api.putVotes>;

beforeEach(() => {
  readVotes = vi.spyOn(api, "readVotes");
  putVotes = vi.spyOn(api, "putVotes");
});

/** Somebody with three votes, whose server has not said yet how many they gave. */
function voter() {
  const counted = { resolve: (_: MyVotes) => {}, reject: (_: Error) => {} };
  const first = new Promise<MyVotes>((resolve, reject) =>
    Object.assign(counted, { resolve, reject }),
  );
  readVotes.mockReturnValueOnce(first);
  const given: number[] = [];
  putVotes.mockImplementation(async (_, node, n) => {
    given.push(n);
    return { votes: { [node]: n }, left: 3 - n, of: 3 };
  });
  readVotes.mockImplementation(async () => {
    const n = given.at(-1) ?? 0;
    return { votes: { a: n }, left: 3 - n, of: 3 };
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useVotes("round"), { wrapper });
  const failed = vi.fn();
  const give = () => result.current.give("a", 1, failed);
  return { counted, given, give, failed, result };
}

it("counts votes that are given before it is known how many are left", async () => {
  const { counted, given, give, result } = voter();
  const answers = [give(), give(), give(), give()];

  await act(() => counted.resolve({ votes: {}, left: 3, of: 3 }));

  expect(await Promise.all(answers)).toEqual([true, true, true, false]);
  await waitFor(() => expect(given).toEqual([1, 2, 3]));
  await waitFor(() => expect(result.current.data).toEqual({ votes: { a: 3 }, left: 0, of: 3 }));
});

it("says that a vote was not given where nobody can tell how many are left", async () => {
  const { counted, given, give, failed } = voter();
  const answer = give();

  await act(() => counted.reject(new Error("away")));

  expect(await answer).toBe(true);
  expect(failed).toHaveBeenCalledOnce();
  expect(given).toEqual([]);
});

const Left = ({ room }: { room: RoomState }) => <VotesLeft voting={useVoting(room)} />;

it("says how many are left once that is known, and nothing before", async () => {
  const counted = { resolve: (_: MyVotes) => {} };
  readVotes.mockReturnValue(new Promise((resolve) => Object.assign(counted, { resolve })));
  const session = { grants: { vote: true }, vote: { id: "round", votes: 3, kind: null } };
  const room = { ...mapOf("a"), status: { ...NEW_STATUS, session } } as unknown as RoomState;

  render(
    <QueryClientProvider client={new QueryClient()}>
      <Left room={room} />
    </QueryClientProvider>,
  );
  expect(screen.getByRole("status").textContent).toBe("");
  await act(() => counted.resolve({ votes: { a: 2 }, left: 1, of: 3 }));

  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("1 of 3 left"));
});

it("says that a vote is paused before anybody gives one that would be refused", () => {
  const grants = { vote: true };
  const vote = { id: "round", votes: 3, kind: null };
  const why = (session: object) => {
    const status = { ...NEW_STATUS, session: { grants, vote, phase: "live", ...session } };
    const room = { ...mapOf("a"), status } as unknown as RoomState;
    readVotes.mockResolvedValue({ votes: {}, left: 3, of: 3 });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    );
    return renderHook(() => useVoting(room), { wrapper }).result.current.reason("a");
  };

  expect(why({ phase: "paused" })).toMatch(/The vote is paused/);
  expect(why({ round: { left: 5_000 } })).toMatch(/The vote is paused/);
  expect(why({ round: { left: null } })).toBeNull();
});
