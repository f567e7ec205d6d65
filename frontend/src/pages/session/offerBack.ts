/** Deleted branches are offered back for a moment, for as long as they can still be brought back. */
import { toast } from "~/components/Toast";
import type { PresenceRoom } from "~/hooks/presence";
import type { MapModel } from "~/map/model";
import { fieldsOf, type NodeId } from "~/map/schema";
import { i18n } from "~/messages/i18n";

interface OpenRoom {
  readonly room: PresenceRoom;
  readonly model: MapModel;
}

/** Says that branches of `count` nodes went into the trash, and offers to take that back. */
export function offerBack(
  open: OpenRoom,
  ids: readonly NodeId[],
  count: number,
  bringBack: () => void,
): void {
  toast({
    title: i18n.t("map.removed", { count }),
    action: { label: i18n.t("map.undo"), onClick: bringBack },
    until: whileDeleted(open, ids),
  });
}

/** For a toast: it is over as soon as none of these is in the trash any more, or the map is left. */
export function whileDeleted({ room, model }: OpenRoom, ids: readonly NodeId[]) {
  return (over: () => void): (() => void) => {
    const stop = model.subscribe(() => {
      if (!ids.some((id) => fieldsOf(model.doc, id)?.has("deleted"))) over();
    });
    room.awareness.on("destroy", over);
    return () => {
      stop();
      room.awareness.off("destroy", over);
    };
  };
}
