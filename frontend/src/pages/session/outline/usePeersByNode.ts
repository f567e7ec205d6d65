import { useMemo } from "react";
import type { PresenceRoom } from "~/hooks/presence";
import { usePresence } from "~/hooks/usePresence";
import type { NodeId } from "~/map/schema";

/** The others by the node they are at, as "id name", one a line: a string is quickly compared. */
export function usePeersByNode(room: PresenceRoom): ReadonlyMap<NodeId, string> {
  const peers = usePresence(room);
  return useMemo(() => {
    const found = new Map<NodeId, string>();
    for (const { selected, caret, id, name } of peers) {
      const node = caret?.node ?? selected;
      if (node === null || name === "") continue;
      const there = found.get(node);
      const line = `${id} ${name}`;
      if (there === undefined) found.set(node, line);
      else if (!there.split("\n").includes(line)) found.set(node, `${there}\n${line}`);
    }
    return found;
  }, [peers]);
}
