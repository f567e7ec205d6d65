import { useMemo } from "react";
import type { PresenceRoom } from "~/hooks/presence";
import { usePresence } from "~/hooks/usePresence";
import type { NodeId } from "~/map/schema";

/** The names of the others by the node they are at, one a line: a string is quickly compared. */
export function usePeersByNode(room: PresenceRoom): ReadonlyMap<NodeId, string> {
  const peers = usePresence(room);
  return useMemo(() => {
    const names = new Map<NodeId, string>();
    for (const { selected, caret, name } of peers) {
      const node = caret?.node ?? selected;
      if (node === null || name === "") continue;
      const there = names.get(node);
      if (there === undefined) names.set(node, name);
      else if (!there.split("\n").includes(name)) names.set(node, `${there}\n${name}`);
    }
    return names;
  }, [peers]);
}
