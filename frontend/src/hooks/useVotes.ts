import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MyVotes } from "~/api/types";
import { putVotes, readVotes } from "~/api/votes";
import { useRefresh } from "~/hooks/useRefresh";

/**
 * One's votes in a round; without a round, none. A vote shows at once, and goes back to what the
 * server counted where it is refused. Votes go one after another, so that the last one counts.
 */
export function useVotes(round: string | null) {
  const client = useQueryClient();
  const key = ["votes", round];
  const query = { queryKey: key, queryFn: () => readVotes(round ?? "") };
  const { data } = useQuery({ ...query, enabled: round !== null });
  const refresh = useRefresh(key);
  const put = useMutation({
    scope: { id: `votes ${round}` },
    mutationFn: ({ node, n }: { node: string; n: number }) => putVotes(round ?? "", node, n),
    onSettled: () => {
      // While others wait, the server's count lacks them.
      if (client.isMutating({ mutationKey: key }) <= 1) return refresh();
    },
    mutationKey: key,
  });
  /**
   * Adds a vote to a node or takes one back; several quick ones each count, also those given before
   * it is known how many are left. False where none is; a failure is `onError`'s.
   */
  const give = async (node: string, by: 1 | -1, onError: (error: unknown) => void) => {
    try {
      await client.ensureQueryData(query);
    } catch (error) {
      onError(error);
      return true;
    }
    const now = client.getQueryData<MyVotes>(key);
    const n = (now?.votes[node] ?? 0) + by;
    if (!now || n < 0 || (by > 0 && now.left < 1)) return false;
    // A count that is on its way lacks this one.
    void client.cancelQueries({ queryKey: key });
    client.setQueryData(key, changed(now, node, n));
    put.mutate({ node, n }, { onError });
    return true;
  };
  return { data, give };
}

/** The votes with another number at one node. */
export function changed({ votes, left, of }: MyVotes, node: string, n: number): MyVotes {
  const { [node]: before = 0, ...others } = votes;
  return { votes: n > 0 ? { ...others, [node]: n } : others, left: left + before - n, of };
}
