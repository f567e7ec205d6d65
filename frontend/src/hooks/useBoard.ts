import { useMutation, useQueryClient } from "@tanstack/react-query";
import { decideLink, listBoard } from "~/api/links";
import type { LinkState } from "~/api/types";
import { useList } from "./useList";

/** Others link meanwhile. */
const EVERY_MS = 5_000;

/** The Links board of a session. */
export function useBoard(session: string, linked: string | undefined) {
  return useList(
    ["board", session, linked ?? "all"],
    (cursor) => listBoard(session, linked, cursor),
    { every: EVERY_MS },
  );
}

/** Confirms or rejects a link. */
export function useDecide(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (it: { map: string; node: string; target: string; state: LinkState }) =>
      decideLink(it.map, it.node, it.target, it.state),
    onSettled: () => client.invalidateQueries({ queryKey: ["board", session] }),
  });
}
