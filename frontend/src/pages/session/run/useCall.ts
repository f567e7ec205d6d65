import { useEffect, useRef, useState } from "react";
import type { RoomState } from "~/hooks/useRoom";
import { type NodeId, ROOT } from "~/map/schema";

/** A call of a facilitator to a node; null while none is to be shown. */
export interface Calling {
  readonly node: NodeId | null;
  go(): void;
  dismiss(): void;
}

interface CallInput {
  room: RoomState;
  /** Facilitators are not called: they call. */
  isCalled: boolean;
  /** Whether one is in the middle of writing: then one is asked and not taken along. */
  isWriting: () => boolean;
  jump: (id: NodeId) => void;
}

/** So long it is said to whoever was taken along why they are where they are. */
const TOLD_MS = 12_000;

/** Goes where a facilitator calls everybody. A call from before one came is over. */
export function useCall({ room, isCalled, isWriting, jump }: CallInput): Calling {
  const { session } = room.status;
  const call = session?.call ?? null;
  const seen = useRef<number | null>(null);
  const [shown, setShown] = useState<NodeId | null>(null);
  const [wasTaken, setTaken] = useState(false);
  const latest = useRef({ isWriting, jump, isCalled, model: room.model });
  latest.current = { isWriting, jump, isCalled, model: room.model };
  const n = call?.n ?? 0;
  const node = call?.node ?? ROOT;
  const isThere = session !== null;
  useEffect(() => {
    if (!isThere) return;
    const isNews = seen.current !== null && n > seen.current;
    seen.current = n;
    const now = latest.current;
    if (!isNews || !now.isCalled || !now.model.node(node)) return;
    setShown(node);
    setTaken(!now.isWriting());
    if (!now.isWriting()) now.jump(node);
  }, [isThere, n, node]);
  // Who writes is asked until they answer. It lies over what others go on with.
  useEffect(() => {
    if (shown === null || !wasTaken) return;
    const timer = setTimeout(() => setShown(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [shown, wasTaken]);
  return {
    node: shown,
    go: () => {
      if (shown !== null) jump(shown);
      setShown(null);
    },
    dismiss: () => setShown(null),
  };
}
