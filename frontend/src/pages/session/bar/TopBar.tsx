import { ChevronLeft, Keyboard, PanelRight, Presentation, Redo2, Undo2 } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { ConnectionBadge } from "~/components/ConnectionBadge";
import { IconButton } from "~/components/IconButton";
import type { Cursors } from "~/hooks/usePresence";
import type { RoomState } from "~/hooks/useRoom";
import { useUndo } from "~/hooks/useUndo";
import type { NodeId } from "~/map/schema";
import { FindBox } from "~/pages/session/bar/FindBox";
import { PeopleBar } from "~/pages/session/bar/PeopleBar";
import { RightsBadge } from "~/pages/session/bar/RightsBadge";
import styles from "~/pages/session/bar/TopBar.module.css";
import { type MapViewName, ViewSwitch } from "~/pages/session/bar/ViewSwitch";
import { keyLabel } from "~/pages/session/keys/label";
import { isOfSession, type Rights } from "~/pages/session/rights";

/** What the bar shows and what it can ask for. */
export interface TopBarProps {
  title: string;
  room: RoomState;
  me: { id: string | null; name: string };
  rights: Rights;
  view: MapViewName;
  onView: (view: MapViewName) => void;
  search: RefObject<HTMLInputElement | null>;
  onJump: (id: NodeId) => void;
  onLeaveSearch: () => void;
  panelShown: boolean;
  /** Shows or hides the panel; where there is none, it is left out. */
  onPanel?: () => void;
  /** Whether the panel for running the session is open; for facilitators. */
  run?: boolean;
  onRun?: () => void;
  onHelp: () => void;
  /** Chooses whether the others' cursors are shown. */
  onCursors: (cursors: Cursors) => void;
  onUndo: (what: "undo" | "redo") => void;
  /** The way back to the session. */
  back: ReactNode;
  /** The way out of the session, for guests. */
  leave: ReactNode;
  /** The way to the map's timeline. */
  timeline: ReactNode;
  /** The way to the map as a file. */
  download: ReactNode;
}

/** Over the map: where one is, whether all is saved, who is here, and how to find and go back. */
export function TopBar(props: TopBarProps) {
  const { room, rights } = props;
  const { t } = useTranslation();
  return (
    <header className={styles.bar} data-region="bar">
      <div className={styles.where}>
        {props.back}
        <h1 className={styles.title} dir="auto">
          {props.title || t("map.untitled")}
        </h1>
        <ConnectionBadge
          phase={room.status.phase}
          unsent={room.status.unsent}
          isRecalled={room.status.recalled}
          isKept={room.status.keptOnDevice}
          reason={room.status.reason}
        />
        <Withheld room={room} rights={rights} />
      </div>
      <div className={styles.views}>
        <ViewSwitch view={props.view} onView={props.onView} />
        {props.onRun && (
          <IconButton
            icon={Presentation}
            label={t("run.open")}
            size="s"
            pressed={props.run === true}
            onClick={props.onRun}
          />
        )}
      </div>
      <div className={styles.tools}>
        <FindBox
          model={room.model}
          input={props.search}
          onJump={props.onJump}
          onDone={props.onLeaveSearch}
        />
        {rights === "edit" && <UndoButtons {...props} />}
        <div className={styles.people}>
          <PeopleBar
            room={room.room}
            me={props.me}
            onJump={props.onJump}
            onCursors={props.onCursors}
            leave={props.leave}
          />
        </div>
        <IconButton
          icon={PanelRight}
          className={styles.panel ?? ""}
          label={t("map.bar.panel")}
          size="s"
          pressed={props.panelShown}
          disabled={!props.onPanel}
          onClick={props.onPanel}
        />
        <div className={styles.more}>
          {props.timeline}
          {props.download}
        </div>
        <IconButton
          icon={Keyboard}
          className={styles.help ?? ""}
          label={t("map.bar.help")}
          keys="?"
          size="s"
          onClick={props.onHelp}
        />
      </div>
    </header>
  );
}

/** Why one only looks around, unless something else says it: the bar of the rounds, or that there is no connection. */
function Withheld({ room, rights }: Pick<TopBarProps, "room" | "rights">) {
  const { phase, role } = room.status;
  if (rights === "edit" || isOfSession(rights) || role === null || phase === "refused") return null;
  return <RightsBadge rights={rights} />;
}

/** The picture of the way back, for whatever link it stands in. */
export function BackIcon({ words }: { words?: string }) {
  const { t } = useTranslation();
  return (
    <>
      <ChevronLeft aria-hidden="true" className={styles.backIcon} />
      <span className="visually-hidden">{words ?? t("map.bar.back")}</span>
    </>
  );
}

/** The class of the link back. */
export const backClass = styles.back;

function UndoButtons({ room, onUndo }: Pick<TopBarProps, "room" | "onUndo">) {
  const { t } = useTranslation();
  const { canUndo, canRedo } = useUndo(room.undo);
  return (
    <div className={styles.undo}>
      <IconButton
        icon={Undo2}
        size="s"
        label={t("map.bar.undo")}
        keys={keyLabel("Mod+Z")}
        disabled={!canUndo}
        onClick={() => onUndo("undo")}
      />
      <IconButton
        icon={Redo2}
        size="s"
        label={t("map.bar.redo")}
        keys={keyLabel("Mod+Y")}
        disabled={!canRedo}
        onClick={() => onUndo("redo")}
      />
    </div>
  );
}
