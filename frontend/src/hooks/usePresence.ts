import { useEffect, useState } from "react";
import { type Peer, type PresenceRoom, peersOf } from "~/hooks/presence";

/** The others in the room, read again at most once a frame. */
export function usePresence({ awareness }: PresenceRoom): readonly Peer[] {
  const [peers, setPeers] = useState<readonly Peer[]>(() => peersOf(awareness));
  useEffect(() => {
    let request = 0;
    const read = (): void => {
      request = 0;
      setPeers(peersOf(awareness));
    };
    const changed = (): void => {
      request ||= requestAnimationFrame(read);
    };
    read();
    awareness.on("change", changed);
    return () => {
      cancelAnimationFrame(request);
      awareness.off("change", changed);
    };
  }, [awareness]);
  return peers;
}
