import { type ReactNode, useState } from "react";
import { useMe } from "~/hooks/useMe";
import type { RoomState } from "~/hooks/useRoom";
import type { NodeId } from "~/map/schema";
import { RedactDialog } from "~/pages/session/RedactDialog";

/** Whether one may take words out of a map, and the dialog that does it. */
export function useRedaction(
  map: string,
  room: RoomState,
): { may: boolean; ask: (id: NodeId) => void; dialog: ReactNode } {
  const role = useMe().data?.user?.role;
  const [node, ask] = useState<NodeId | null>(null);
  const dialog = node !== null && (
    <RedactDialog
      map={map}
      node={node}
      text={room.model.node(node)?.text ?? ""}
      onClose={() => ask(null)}
    />
  );
  return { may: role === "admin" || role === "facilitator", ask, dialog };
}
