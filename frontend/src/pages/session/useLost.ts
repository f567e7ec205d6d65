import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "~/components/Toast";
import { ownCaretNode, type PresenceRoom } from "~/hooks/presence";
import type { MapModel, TrashEntry } from "~/map/model";
import type { NodeId } from "~/map/schema";
import { bringBack } from "~/pages/session/actions/back";
import type { Gate } from "~/pages/session/actions/context";
import { whileDeleted } from "~/pages/session/offerBack";

interface LostInput {
  readonly room: { readonly room: PresenceRoom; readonly model: MapModel };
  readonly canEdit: boolean;
  readonly gate: Gate;
  /** Shows a node and gives the map the keyboard. */
  readonly onShow: (id: NodeId) => void;
}

/** Tells somebody whose node was deleted while they were writing in it, and offers it back. */
export function useLostWriting({ room, canEdit, gate, onShow }: LostInput): void {
  const { t } = useTranslation();
  const { model } = room;
  const latest = useRef({ t, canEdit, gate, onShow });
  latest.current = { t, canEdit, gate, onShow };
  useEffect(
    () =>
      model.subscribe(({ remote, structure }) => {
        const node = remote && structure ? ownCaretNode(room.room.awareness) : null;
        const entry = node === null ? null : trashedWith(model, node);
        if (node === null || !entry) return;
        const { t, canEdit, gate, onShow } = latest.current;
        const onRestore = () => {
          if (bringBack(model.doc, gate, [entry.id])) onShow(node);
        };
        toast({
          title: t("map.lost.title"),
          text: t("map.lost.text"),
          tone: "danger",
          until: whileDeleted({ room: room.room, model }, [entry.id]),
          ...(canEdit && { action: { label: t("map.lost.restore"), onClick: onRestore } }),
        });
      }),
    [model, room.room],
  );
}

/** The branch in the trash that a node went with. */
function trashedWith(model: MapModel, id: NodeId): TrashEntry | undefined {
  if (model.node(id)) return undefined;
  return model.trash().find((entry) => model.isWithin(id, entry.id));
}

/** Says once that the node of the address is not in the map, as soon as the whole map is here. */
export function useMissingNode(model: MapModel, node: NodeId | null, synced: boolean): void {
  const { t } = useTranslation();
  const isTold = useRef(false);
  useEffect(() => {
    if (node === null || !synced || isTold.current) return;
    isTold.current = true;
    if (model.node(node)) return;
    const words = trashedWith(model, node) ? "map.missing.trash" : "map.missing.gone";
    toast({ title: t("map.missing.title"), text: t(words), tone: "danger" });
  }, [model, node, synced, t]);
}
