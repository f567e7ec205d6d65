import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  callTo,
  lead,
  listCheckpoints,
  lockBranch,
  makeCheckpoint,
  mergeNodes,
  rollBack,
} from "~/api/leading";
import { useList } from "./useList";

/** What a facilitator does in a map. What comes of it is told by the room, to everybody alike. */
export function useLeading(map: string) {
  const lock = useMutation({
    mutationFn: ({ node, locked }: { node: string; locked: boolean }) =>
      lockBranch(map, node, locked),
  });
  const call = useMutation({ mutationFn: (node: string | null) => callTo(map, node) });
  const follow = useMutation({ mutationFn: (on: boolean) => lead(map, on) });
  const merge = useMutation({
    mutationFn: ({ into, nodes }: { into: string; nodes: readonly string[] }) =>
      mergeNodes(map, into, nodes),
  });
  const takeBack = useMutation({ mutationFn: (participant: string) => rollBack(map, participant) });
  return { lock, call, follow, merge, takeBack };
}

/** A map's checkpoints; another `round`, and there may be more of them. */
export function useCheckpoints(map: string, round: string | null) {
  return useList(["checkpoints", map, round], () => listCheckpoints(map));
}

/** Makes a checkpoint. */
export function useMakeCheckpoint(map: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => makeCheckpoint(map, title),
    onSuccess: () => client.invalidateQueries({ queryKey: ["checkpoints", map] }),
  });
}
