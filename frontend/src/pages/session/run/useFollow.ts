import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Peer } from "~/hooks/presence";
import { usePresence } from "~/hooks/usePresence";
import type { RoomState } from "~/hooks/useRoom";
import type { NodeId } from "~/map/schema";
import type { MapController } from "~/pages/session/MapController";
import type { SharedView } from "~/sync/presence";

interface FollowInput {
  room: RoomState;
  me: string;
  controller: MapController | null;
  stage: RefObject<HTMLElement | null>;
  /** Selects a node, where there is no map to move. */
  show: (id: NodeId) => void;
  /** Whether one cannot get away: a projector has nobody who moves it. */
  always?: boolean;
}

/** Who leads, and whether this page follows. */
export interface Following {
  /** The one who leads; null while nobody does, or one does oneself. */
  readonly leader: Peer | null;
  readonly isLeading: boolean;
  readonly follows: boolean;
  resume(): void;
  stop(): void;
}

/** Goes where a facilitator looks, until one moves by oneself. */
export function useFollow({ room, me, controller, stage, show, always }: FollowInput): Following {
  const followed = room.status.session?.follow ?? null;
  const peers = usePresence(room.room);
  const isLeading = followed !== null && followed === me;
  const leader = isLeading ? null : leaderOf(peers, followed);
  const [escaped, setEscaped] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: who is led anew, follows.
  useEffect(() => setEscaped(false), [followed]);
  const stop = useCallback(() => setEscaped(true), []);
  const resume = useCallback(() => setEscaped(false), []);
  const follows = leader !== null && (always || !escaped);
  useEscape(stage, follows && !always, stop);
  useSayingView(room, controller, isLeading);
  const { view, selected } = leader ?? {};
  const target = view && `${view.x} ${view.y} ${view.width} ${view.height}`;
  const latest = useRef({ view, show });
  latest.current = { view, show };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same place in a new object is no move.
  useEffect(() => {
    const box = latest.current.view;
    if (follows && controller && box) controller.view.go(controller.view.camera.fitting(box, 0));
  }, [follows, controller, target]);
  useEffect(() => {
    if (follows && !controller && selected) latest.current.show(selected);
  }, [follows, controller, selected]);
  return { leader, isLeading, follows, resume, stop };
}

/** Of a leader's pages, the one that says where it looks. */
function leaderOf(peers: readonly Peer[], id: string | null): Peer | null {
  const pages = peers.filter((peer) => peer.id === id);
  return pages.find((peer) => peer.view !== null) ?? pages[0] ?? null;
}

/** Whoever moves by hand or key follows no longer. */
function useEscape(stage: RefObject<HTMLElement | null>, active: boolean, onEscape: () => void) {
  useEffect(() => {
    const element = stage.current;
    if (!element || !active) return;
    const moved = (event: Event) => {
      const chip = event.target instanceof Element && event.target.closest("[data-chips]");
      if (!chip) onEscape();
    };
    const events = ["pointerdown", "wheel", "keydown"] as const;
    for (const name of events) element.addEventListener(name, moved, { capture: true });
    return () => {
      for (const name of events) element.removeEventListener(name, moved, { capture: true });
    };
  }, [stage, active, onEscape]);
}

/** Says where one looks, for as long as the others follow. */
function useSayingView(
  { room }: RoomState,
  controller: MapController | null,
  leads: boolean,
): void {
  useEffect(() => {
    if (!leads || !controller) return;
    const { view } = controller;
    let said = "";
    const say = () => {
      const box = rounded(view.camera.view());
      const now = JSON.stringify(box);
      if (now !== said) room.setPresence({ view: box });
      said = now;
    };
    view.overlays.push(say);
    view.invalidate();
    return () => {
      view.overlays.splice(view.overlays.indexOf(say), 1);
      room.setPresence({ view: null });
    };
  }, [room, controller, leads]);
}

function rounded({ x, y, width, height }: SharedView): SharedView {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  };
}
