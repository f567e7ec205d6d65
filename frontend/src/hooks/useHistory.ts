import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import {
  listCheckpoints,
  readComparison,
  readNodeAuthors,
  readReplay,
  restoreBranch,
} from "~/api/history";
import type { Checkpoint } from "~/api/types";
import { Replay, type ReplayUpdate } from "~/map/replay";

/** How far a map's log has come in. */
export interface ReplayState {
  replay: Replay | null;
  /** Updates read so far. */
  read: number;
  error: unknown;
}

const NOTHING: ReplayState = { replay: null, read: 0, error: null };

/** Reads a map's log and plays it through once; `round` begins anew. */
export function useReplay(map: string, round: number): ReplayState {
  const [state, setState] = useState(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round reads it again
  useEffect(() => {
    let stopped = false;
    setState(NOTHING);
    const load = async () => {
      const updates: ReplayUpdate[] = [];
      let from: number | null = 0;
      while (from !== null && !stopped) {
        const page = await readReplay(map, from);
        for (const { seq, at, participant, update } of page.items) {
          updates.push({ seq, at: Date.parse(at), by: participant, update: bytesOf(update) });
        }
        from = page.next;
        if (!stopped) setState({ ...NOTHING, read: updates.length });
      }
      const replay = await Replay.of(updates, () => stopped);
      if (!stopped) setState({ replay, read: updates.length, error: null });
    };
    load().catch((error) => {
      if (!stopped) setState({ ...NOTHING, error });
    });
    return () => {
      stopped = true;
    };
  }, [map, round]);
  return state;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** All checkpoints of a map, the oldest first. */
export function useCheckpoints(map: string) {
  return useQuery({
    queryKey: ["checkpoints", map],
    queryFn: async () => {
      const all: Checkpoint[] = [];
      let cursor: string | undefined;
      do {
        const page = await listCheckpoints(map, cursor);
        all.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return all.reverse();
    },
  });
}

/** What differs between two places of a map's log; nothing while one of them is not chosen. */
export function useComparison(map: string, places: { from: string; to: string } | null) {
  return useQuery({
    queryKey: ["compare", map, places],
    queryFn: () => readComparison(map, places?.from ?? "", places?.to ?? ""),
    enabled: places !== null,
  });
}

/** Who wrote a node; read again with each `version` of it, but not at each letter. */
export function useNodeAuthors(map: string, node: string, version: unknown) {
  const settled = useSettled(version);
  return useQuery({
    queryKey: ["authors", map, node, settled],
    queryFn: () => readNodeAuthors(map, node),
    placeholderData: (before) => (before?.node === node ? before : undefined),
  });
}

/** How long a node is left alone before it is read again who wrote it. */
const SETTLE_MS = 1500;

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Brings a branch back as it was after an update. */
export function useRestoreBranch(map: string) {
  return useMutation({
    mutationFn: (what: { node: string; seq: number }) => restoreBranch(map, what),
  });
}
