import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type MyVotes, putVotes, readVotes } from "~/api/votes";

/**
 * One's votes in a round; without a round, none. A vote shows at once, and goes back to what the
 * server counted where it is refused. Votes go one after another, so that the last one counts.
 */
export function useVotes(round: string | null) {
  const client = useQueryClient();
  const key = ["votes", round];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => readVotes(round ?? ""),
    enabled: round !== null,
  });
  const put = useMutation({
    scope: { id: `votes ${round}` },
    mutationFn: ({ node, n }: { node: string; n: number }) => putVotes(round ?? "", node, n),
    onMutate: async ({ node, n }) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<MyVotes>(key, (old) => old && changed(old, node, n));
    },
    onSettled: () => {
      // While others wait, the server's count lacks them.
      if (client.isMutating({ mutationKey: key }) <= 1) {
        return client.invalidateQueries({ queryKey: key });
      }
    },
    mutationKey: key,
  });
  return { data, put };
}

/** The votes with another number at one node. */
export function changed({ votes, left }: MyVotes, node: string, n: number): MyVotes {
  const { [node]: before = 0, ...others } = votes;
  return { votes: n > 0 ? { ...others, [node]: n } : others, left: left + before - n };
}
