/** One's own votes, from the key to the server. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import type { MyVotes } from "~/api/types";
import { putVotes, readVotes } from "~/api/votes";
import { useVotes } from "~/hooks/useVotes";

vi.mock("~/api/votes");

beforeEach(() => vi.resetAllMocks());

/** Somebody with three votes, whose server has not said yet how many they gave. */
function voter() {
  const counted = { resolve: (_: MyVotes) => {}, reject: (_: Error) => {} };
  const first = new Promise<MyVotes>((resolve, reject) =>
    Object.assign(counted, { resolve, reject }),
  );
  vi.mocked(readVotes).mockReturnValueOnce(first);
  const given: number[] = [];
  vi.mocked(putVotes).mockImplementation(async (_, node, n) => {
    given.push(n);
    return { votes: { [node]: n }, left: 3 - n, of: 3 };
  });
  vi.mocked(readVotes).mockImplementation(async () => {
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
