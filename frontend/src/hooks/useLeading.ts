import { useMutation } from "@tanstack/react-query";
import { callTo, lead, lockBranch } from "~/api/leading";

/** What a facilitator does in a map. What comes of it is told by the room, to everybody alike. */
export function useLeading(map: string) {
  const lock = useMutation({
    mutationFn: ({ node, locked }: { node: string; locked: boolean }) =>
      lockBranch(map, node, locked),
  });
  const call = useMutation({ mutationFn: (node: string | null) => callTo(map, node) });
  const follow = useMutation({ mutationFn: (on: boolean) => lead(map, on) });
  return { lock, call, follow };
}
