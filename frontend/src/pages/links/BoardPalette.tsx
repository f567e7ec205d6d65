import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { Dialog } from "~/components/Dialog";
import { Loading } from "~/components/Spinner";
import { useMap } from "~/hooks/useMaps";
import { type RoomState, useRoom } from "~/hooks/useRoom";
import type { NodeId } from "~/map/schema";
import { Problem } from "~/pages/Problem";
import { LinkPalette } from "~/pages/session/link/LinkPalette";
import { useLinking } from "~/pages/session/link/useLinking";
import { rightsOf } from "~/pages/session/rights";
import { useGate, type Voter } from "~/pages/session/useGate";

interface BoardPaletteProps {
  map: string;
  node: NodeId;
  onClose: () => void;
}

/** The palette away from the map: it joins the map for as long as it is open, and links in it as anybody does. */
export function BoardPalette({ map, node, onClose }: BoardPaletteProps) {
  const { t } = useTranslation();
  const entry = useMap(map);
  const room = useRoom(map);
  if (entry.data && room?.status.loaded) {
    return <Joined key={room.doc.guid} map={entry.data} {...{ room, node, onClose }} />;
  }
  const refused = room?.status.phase === "refused";
  return (
    <Dialog open onClose={onClose} title={t("link.palette.title")}>
      {entry.error ? (
        <Problem error={entry.error} retry={() => void entry.refetch()} />
      ) : refused ? (
        <p>{t("map.status.refused")}</p>
      ) : (
        <>
          <Loading />
          <p>{t("link.board.opening")}</p>
        </>
      )}
    </Dialog>
  );
}

const NO_VOTER: Voter = { isOpen: false, change: () => undefined };

interface JoinedProps extends Omit<BoardPaletteProps, "map"> {
  map: MapEntry;
  room: RoomState;
}

function Joined({ map, room, node, onClose }: JoinedProps) {
  const { status, model } = room;
  const author = { id: status.participant ?? map.me.participant };
  const standing = {
    rights: rightsOf(map, status),
    facilitates: status.role === "facilitator",
    me: author.id,
    session: status.session,
  };
  const { gate } = useGate(model, standing, NO_VOTER);
  const linking = useLinking(map.id, room, author, gate);
  const [isLeaving, setLeaving] = useState(false);
  // What was linked a moment ago goes with the room, unless it is on its way first.
  const isSaved = status.unsent === 0 || status.phase !== "open";
  useEffect(() => {
    if (isLeaving && isSaved) onClose();
  }, [isLeaving, isSaved, onClose]);
  return (
    <LinkPalette
      linking={{ ...linking, node: isLeaving ? null : node, close: () => setLeaving(true) }}
    />
  );
}
