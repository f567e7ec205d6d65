import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePresence } from "~/hooks/usePresence";
import type { RoomState } from "~/hooks/useRoom";
import type { NodeId } from "~/map/schema";
import { badgesOf, peopleInside } from "~/pages/session/about";
import type { Badges } from "~/pages/session/render/badgeLayer";

/** Fewer others than this are seen by their outlines alone. */
const CROWD = 5;

/** What the session says of single nodes, to be drawn and to be heard. */
export interface About {
  readonly badges: ReadonlyMap<NodeId, Badges>;
  readonly about: (id: NodeId) => string;
}

/** Locks, votes and people, by node. */
export function useAbout(room: RoomState, mine: Readonly<Record<NodeId, number>>): About {
  const { t } = useTranslation();
  const peers = usePresence(room.room);
  const { session } = room.status;
  const { model } = room;
  const badges = useMemo(() => {
    const inside = peers.length < CROWD ? new Map() : peopleInside(model, peers);
    return badgesOf({ session, mine, inside });
  }, [model, peers, session, mine]);
  const about = useCallback(
    (id: NodeId) => {
      const said = badges.get(id);
      if (!said) return "";
      const { locked, mine: own, tally, inside } = said;
      const words = [
        locked && t("run.about.locked"),
        own > 0 && t("run.about.mine", { count: own }),
        tally > 0 && t("run.about.tally", { count: tally }),
        inside > 0 && t("run.about.inside", { count: inside }),
      ];
      return words.filter(Boolean).join(", ");
    },
    [badges, t],
  );
  return useMemo(() => ({ badges, about }), [badges, about]);
}
