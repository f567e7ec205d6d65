import { useMemo, useRef } from "react";
import type { Step } from "~/map/commands";
import type { NodeId } from "~/map/schema";
import { isUnused } from "~/pages/session/actions/back";
import type { MenuRequest } from "~/pages/session/MapController";
import type { PanelRoom } from "~/pages/session/panelProps";
import type { Point } from "~/pages/session/render/camera";
import { type OutlineContext, run, toggleFold } from "./actions";

/** What a row calls. The object stays the same, so that rows are not drawn again for its sake. */
export interface RowHandlers {
  readonly room: PanelRoom;
  readonly measure: (element: HTMLElement | null) => void;
  readonly press: (id: NodeId) => void;
  readonly edit: (id: NodeId) => void;
  /** Opens the menu of a row; false where the browser's own is wanted. */
  readonly menu: (id: NodeId, point: Point) => boolean;
  readonly toggle: (id: NodeId) => void;
  readonly end: (how: "keep" | "takeBack") => void;
  readonly tab: () => void;
  readonly link: (command: "links" | "linkOffer") => void;
  readonly step: (what: Step) => void;
}

/** A touch on the row that is already chosen opens it, as lists on phones do. */
const isTouch = (): boolean => window.matchMedia("(pointer: coarse)").matches;

/** The handlers of all rows, working on the outline as it is when they are called. */
export function useRowHandlers(
  context: OutlineContext,
  measure: RowHandlers["measure"],
  openMenu: (request: MenuRequest) => void,
): RowHandlers {
  const now = useRef(context);
  now.current = context;
  const { room } = context;
  return useMemo(() => {
    const edit = (id: NodeId) => {
      const { canEdit, outline, gate } = now.current;
      if (!canEdit || outline.editing?.id === id) return;
      if (!gate.withheld("edit", { ids: [id] })) outline.edit(id);
    };
    return {
      room,
      measure,
      press: (id) => {
        const { outline, page } = now.current;
        if (outline.editing?.id === id || page?.pick(id)) return;
        if (outline.active === id && isTouch()) edit(id);
        else outline.select(id);
      },
      edit,
      menu: (id, point) => {
        const { outline } = now.current;
        if (outline.editing?.id === id) return false;
        if (outline.ids.includes(id)) outline.lead(id);
        else outline.select(id);
        openMenu({ id, point });
        return true;
      },
      toggle: (id) => toggleFold(now.current, id),
      end: (how) => now.current.outline.endEdit(how),
      link: (command) => {
        if (command === "links") now.current.outline.endEdit("keep");
        run(command, now.current);
      },
      step: (what) => run(what, now.current),
      tab: () => {
        const { outline } = now.current;
        // Nothing written yet: a child of an empty row is not what anyone wants.
        if (outline.editing?.fresh && isUnused(room.model, outline.editing.id)) return;
        outline.endEdit("keep");
        run("addChild", now.current);
      },
    };
  }, [room, measure, openMenu]);
}
