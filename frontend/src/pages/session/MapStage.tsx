import { useEffect, useRef, useState } from "react";
import type { RoomState } from "~/hooks/useRoom";
import type { NodeId } from "~/map/schema";
import type { MapViewName } from "~/pages/session/bar/ViewSwitch";
import { EmptyHint } from "~/pages/session/EmptyHint";
import { MapLinks } from "~/pages/session/link/MapLinks";
import { MapCanvas } from "~/pages/session/MapCanvas";
import { MapOutline } from "~/pages/session/MapOutline";
import { ChangeAnnouncer } from "~/pages/session/outline/ChangeAnnouncer";
import { RelateBar } from "~/pages/session/relate/RelateBar";
import type { Lead } from "~/pages/session/run/useLead";
import { showAll } from "~/pages/session/run/useShowRevealed";
import styles from "~/pages/session/SessionPage.module.css";
import { hasUnsent, roundWithUnsent } from "~/pages/session/silent/drawer";
import { SilentPage } from "~/pages/session/silent/SilentPage";
import { MovingHint, TouchBar } from "~/pages/session/TouchBar";
import { TrashPanel } from "~/pages/session/TrashPanel";
import { useImporting } from "~/pages/session/useImporting";
import { useRedaction } from "~/pages/session/useRedaction";
import type { Session, Stand } from "~/pages/session/useSession";
import type { RoundState } from "~/sync/sessionState";

interface MapStageProps {
  map: { id: string };
  room: RoomState;
  view: MapViewName;
  session: Session;
  stand: Stand;
  /** What a facilitator may do with nodes. */
  lead: Lead | null;
}

/** The round whose ideas one writes, or has not sent: it may have ended while one was away. */
function silentRound(map: string, round: RoundState | null | undefined) {
  const unsent = roundWithUnsent(map);
  if (unsent !== null && unsent !== round?.id) return { id: unsent, revealed: true };
  if (round?.method !== "silent") return null;
  return !round.revealed || hasUnsent(round.id) ? round : null;
}

/**
 * The map makes room for one's own sheet and comes back by itself: whose keyboard was in the one has it in the
 * other, without a frame around all of the map, as nobody has asked for that.
 */
function useKeyboardStays(isAlone: boolean, focusStage: Session["focusStage"]): void {
  const was = useRef(isAlone);
  useEffect(() => {
    if (was.current === isAlone) return;
    was.current = isAlone;
    if (document.activeElement === document.body) focusStage({ focusVisible: false });
  }, [isAlone, focusStage]);
}

/** Who wrote alone sees all that was revealed, wherever it came to stand. */
function useSeeRevealed(isAlone: boolean, { controller }: Session): void {
  const wasAlone = useRef(isAlone);
  useEffect(() => {
    if (isAlone) wasAlone.current = true;
    else if (wasAlone.current && controller) {
      wasAlone.current = false;
      showAll(controller);
    }
  }, [isAlone, controller]);
}

/** The middle of the page: map, outline, links or trash. */
export function MapStage({ map, room, view, session, stand, lead }: MapStageProps) {
  const { controller, selected, author, facilitates } = session;
  const { session: stage, role } = room.status;
  const redact = useRedaction(map.id, room);
  const importing = useImporting(map.id, room, author, session.gate);
  const round = stage?.round;
  const [left, setLeft] = useState("");
  const silent = facilitates || role !== "editor" || !stage ? null : silentRound(map.id, round);
  const isAlone = silent !== null && left !== silent.id;
  useKeyboardStays(isAlone, session.focusStage);
  useSeeRevealed(silent !== null, session);
  if (isAlone) {
    const onLeave = () => setLeft(silent.id);
    return <SilentPage key={silent.id} {...{ room, onLeave }} map={map.id} round={silent} />;
  }
  const canEdit = session.rights === "edit";
  const onSelect = (id: NodeId) => session.select(id);
  const panel = { room, selected, author, canEdit, gate: session.gate };
  const extras = {
    lead,
    ...(redact.may && { onRedact: redact.ask }),
    ...(canEdit && { onImport: importing.ask }),
  };
  const relate = (
    <RelateBar model={room.model} relating={session.relating} onDone={session.focusStage} />
  );
  if (view === "outline") {
    return (
      <>
        <MapOutline
          {...panel}
          onSelect={onSelect}
          about={session.about.about}
          chips={session.linking.chips}
          page={session.actions}
          onSeveral={session.setSeveral}
          {...extras}
        />
        {redact.dialog}
        {importing.dialog}
        {relate}
      </>
    );
  }
  if (view === "links") return <MapLinks linking={session.linking} onShow={session.jump} />;
  if (view === "trash") {
    return <TrashPanel {...panel} onSelect={session.jump} nameOf={session.nameOf} />;
  }
  return (
    <div className={styles.map}>
      <MapCanvas
        map={room}
        mapId={map.id}
        stand={stand}
        {...session.about}
        chips={session.linking.chips}
        author={author}
        canEdit={canEdit}
        page={session.actions}
        onController={session.setController}
        selected={selected}
        onSelect={session.select}
        {...extras}
      />
      {redact.dialog}
      {importing.dialog}
      <ChangeAnnouncer room={room} />
      {relate}
      {controller && (
        <>
          <EmptyHint model={room.model} controller={controller} canEdit={canEdit} />
          <MovingHint controller={controller} />
          {(canEdit || session.voting.vote) && (
            <TouchBar controller={controller} voting={session.voting} />
          )}
        </>
      )}
    </div>
  );
}
