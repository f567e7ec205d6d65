import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { type Peer, type PresenceRoom, peersOf } from "~/hooks/presence";

/** More people than this, and their cursors are more than one can look at. */
export const MANY = 20;

/** Whether the others' cursors are shown: always, never, or while there are few people. */
export type Cursors = "on" | "off" | "few";

/** What whoever looks has chosen. */
export const CursorsContext = createContext<Cursors>("few");

/** Whether cursors are shown among so many others. */
export function showsCursors(cursors: Cursors, others: number): boolean {
  return cursors === "few" ? others < MANY : cursors === "on";
}

/** The others in the room, read again at most once a frame; without their cursors where those are off. */
export function usePresence({ awareness }: PresenceRoom): readonly Peer[] {
  const cursors = useContext(CursorsContext);
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
  const isShown = showsCursors(cursors, peers.length);
  return useMemo(
    () => (isShown ? peers : peers.map((peer) => (peer.caret ? { ...peer, caret: null } : peer))),
    [peers, isShown],
  );
}
