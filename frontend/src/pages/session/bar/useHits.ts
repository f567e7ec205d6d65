import { useEffect, useRef, useState } from "react";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";

/** Where one is among what was found. */
export interface Hit {
  readonly n: number;
  readonly of: number;
}

const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];

/**
 * Goes on after a jump as every search does: Enter to the next hit, Shift+Enter to the one before, until
 * anything else is pressed. Who presses it twice, or for long, has no idea added to the map by that.
 */
export function useHits(model: MapModel, onJump: (id: NodeId) => void) {
  const [walk, setWalk] = useState<{ at: NodeId; among: readonly NodeId[] } | null>(null);
  const jump = useRef(onJump);
  jump.current = onJump;
  useEffect(() => {
    if (!walk) return;
    const pressed = (event: KeyboardEvent) => {
      if (MODIFIERS.includes(event.key)) return;
      if (!isForHits(event)) return setWalk(null);
      event.preventDefault();
      event.stopPropagation();
      const next = event.repeat ? undefined : nextOf(model, walk, event.shiftKey ? -1 : 1);
      if (next === undefined) return;
      jump.current(next);
      setWalk({ ...walk, at: next });
    };
    const end = () => setWalk(null);
    document.addEventListener("keydown", pressed, true);
    document.addEventListener("pointerdown", end, true);
    return () => {
      document.removeEventListener("keydown", pressed, true);
      document.removeEventListener("pointerdown", end, true);
    };
  }, [model, walk]);
  const hit: Hit | null = walk && { n: walk.among.indexOf(walk.at) + 1, of: walk.among.length };
  return { hit, begin: (at: NodeId, among: readonly NodeId[]) => setWalk({ at, among }) };
}

/** Enter in the map or the outline, and not where one writes. */
function isForHits({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (key !== "Enter" || ctrlKey || metaKey || altKey) return false;
  if (!(target instanceof Element) || target.matches("input, textarea, button")) return false;
  return target.closest('[data-region="stage"]') !== null;
}

/** The nearest one that way, round the list, that is still in the map. */
function nextOf(
  model: MapModel,
  { at, among }: { at: NodeId; among: readonly NodeId[] },
  step: 1 | -1,
): NodeId | undefined {
  const from = among.indexOf(at);
  const order = among.map(
    (_, n) => among[(from + step * (n + 1) + 2 * among.length) % among.length],
  );
  return order.find((id) => id !== undefined && model.node(id) !== undefined);
}
