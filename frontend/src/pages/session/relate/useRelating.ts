import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "~/components/Toast";
import type { OpenMap } from "~/hooks/roomState";
import { type Author, removeRelation, setRelation } from "~/map/commands";
import type { NodeId } from "~/map/schema";
import type { Gate } from "~/pages/session/actions/context";

/** A node that waits for the other end of an arrow. */
export interface Relating {
  /** The node that the arrow begins at; null while none is being drawn. */
  readonly from: NodeId | null;
  begin(from: NodeId): void;
  /** Ends it, at this node or at none. False where nothing was waited for. */
  end(to: NodeId | null): boolean;
}

/** Draws an arrow from one node to another that is pointed at, or found by its words. */
export function useRelating({ doc, model }: OpenMap, author: Author, gate: Gate): Relating {
  const { t } = useTranslation();
  const [from, setFrom] = useState<NodeId | null>(null);
  // The map asks outside of drawing, and must have the answer at once.
  const waiting = useRef<NodeId | null>(null);
  const begin = useCallback((id: NodeId | null) => {
    waiting.current = id;
    setFrom(id);
  }, []);
  const { id: me } = author;
  const end = useCallback(
    (to: NodeId | null) => {
      const start = waiting.current;
      begin(null);
      if (start === null) return false;
      // The round may have changed since the arrow was begun.
      if (to !== null && gate.withheld("relate", { ids: [] })) return true;
      const isThere = model.relationsAt(start).some((arrow) => arrow.to === to);
      const id = to === null || isThere ? null : setRelation(doc, { id: me }, start, to);
      if (id !== null) {
        const onClick = () => {
          if (!gate.withheld("step", { ids: [] })) removeRelation(doc, id);
        };
        toast({ title: t("map.relate.made"), action: { label: t("map.undo"), onClick } });
      }
      return true;
    },
    [doc, model, me, gate, begin, t],
  );
  return useMemo(() => ({ from, begin, end }), [from, begin, end]);
}
