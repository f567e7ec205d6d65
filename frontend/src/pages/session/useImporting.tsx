import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "~/components/Toast";
import type { RoomState } from "~/hooks/useRoom";
import { type Author, remove } from "~/map/commands";
import type { NodeId } from "~/map/schema";
import { ImportMapDialog } from "~/pages/mapimport/ImportMapDialog";
import type { Gate } from "~/pages/session/actions/context";

/**
 * The dialog that imports a file under a node. The server writes it, in one edit; taking it back
 * puts its branches into the trash, as a step of this page's own undo.
 */
export function useImporting(
  map: string,
  room: RoomState,
  author: Author,
  gate: Gate,
): { ask: (id: NodeId) => void; dialog: ReactNode } {
  const { t } = useTranslation();
  const [node, ask] = useState<NodeId | null>(null);
  const dialog = node !== null && (
    <ImportMapDialog
      place={{ map, under: node }}
      words={room.model.node(node)?.text ?? ""}
      onDone={({ nodes, tops }) => {
        ask(null);
        toast({
          title: t("mapImport.doneUnder", { count: nodes }),
          action: {
            label: t("mapImport.undo"),
            onClick: () => {
              if (!gate.withheld("remove", { ids: tops })) remove(room.doc, author, tops);
            },
          },
        });
      }}
      onClose={() => ask(null)}
    />
  );
  return { ask, dialog };
}
