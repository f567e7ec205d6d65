import { useCallback, useSyncExternalStore } from "react";
import type * as Y from "yjs";

const EVENTS = ["stack-item-added", "stack-item-popped", "stack-cleared"] as const;

/** Whether there is something to undo and to redo. */
export function useUndo(undo: Y.UndoManager): { canUndo: boolean; canRedo: boolean } {
  const subscribe = useCallback(
    (listener: () => void) => {
      for (const event of EVENTS) undo.on(event, listener);
      return () => {
        for (const event of EVENTS) undo.off(event, listener);
      };
    },
    [undo],
  );
  const canUndo = useSyncExternalStore(subscribe, () => undo.canUndo());
  const canRedo = useSyncExternalStore(subscribe, () => undo.canRedo());
  return { canUndo, canRedo };
}
