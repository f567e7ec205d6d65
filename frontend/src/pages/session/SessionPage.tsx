import { Link, useNavigate } from "@tanstack/react-router";
import { History } from "lucide-react";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { IconButton } from "~/components/IconButton";
import { useMapModel } from "~/hooks/useMapModel";
import { useFreshMap, useReadAgain } from "~/hooks/useMaps";
import { useMe } from "~/hooks/useMe";
import { type Cursors, CursorsContext } from "~/hooks/usePresence";
import { type RoomState, useRoom } from "~/hooks/useRoom";
import { type NodeId, ROOT } from "~/map/schema";
import { ExportButton } from "~/pages/export/ExportButton";
import { LeaveSession } from "~/pages/session/bar/LeaveSession";
import { BackIcon, backClass, TopBar } from "~/pages/session/bar/TopBar";
import type { MapViewName } from "~/pages/session/bar/ViewSwitch";
import { KeyHelp } from "~/pages/session/KeyHelp";
import { LinkPalette } from "~/pages/session/link/LinkPalette";
import type { MapController } from "~/pages/session/MapController";
import { MapStage } from "~/pages/session/MapStage";
import { PrintedMap } from "~/pages/session/PrintedMap";
import { focusStage } from "~/pages/session/regions";
import { recall, remember } from "~/pages/session/remember";
import { LateCard } from "~/pages/session/round/LateCard";
import { RoundBar } from "~/pages/session/round/RoundBar";
import { Leading } from "~/pages/session/run/Leading";
import { RunPanel } from "~/pages/session/run/RunPanel";
import { useLead } from "~/pages/session/run/useLead";
import styles from "~/pages/session/SessionPage.module.css";
import { SidePanel } from "~/pages/session/SidePanel";
import { Skeleton } from "~/pages/session/Skeleton";
import { StatusNotices } from "~/pages/session/StatusNotices";
import { useLostWriting, useMissingNode } from "~/pages/session/useLost";
import { beginning, hasPanel, type Stand, useSession } from "~/pages/session/useSession";
import type { RoomStatus } from "~/sync/RoomClient";

interface SessionPageProps {
  map: MapEntry;
  view: MapViewName;
  onView: (view: MapViewName) => void;
  /** A node to show first, for links that lead to one. */
  node: NodeId | null;
}

const RUN = "run";
const CURSORS = "cursors";

/** A live map with everything around it. */
export function SessionPage(props: SessionPageProps) {
  const room = useRoom(props.map.id, props.map.me.participant);
  // Where one was in the map, for when its document is made anew.
  const [stand] = useState<Stand>(() => beginning(props.map.id, props.node));
  const [cursors, setCursors] = useState<Cursors>(
    () => (["on", "off"] as const).find((it) => it === recall(CURSORS)) ?? "few",
  );
  if (!room) {
    return (
      <div className={styles.page}>
        <Skeleton />
      </div>
    );
  }
  // Another document is another page: nothing of the old one may stay.
  return (
    <CursorsContext value={cursors}>
      <OpenSession
        key={room.doc.guid}
        {...{ ...props, room, stand }}
        onCursors={(chosen) => {
          remember(CURSORS, chosen);
          setCursors(chosen);
        }}
      />
    </CursorsContext>
  );
}

interface OpenSessionProps extends SessionPageProps {
  room: RoomState;
  stand: Stand;
  onCursors: (cursors: Cursors) => void;
}

function OpenSession(props: OpenSessionProps) {
  const { map, room, view, onView } = props;
  const { t } = useTranslation();
  const page = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const session = useSession(props, page);
  const lead = useLead(map.id);
  const [run, setRun] = useRunPanel();
  const runs = run && session.facilitates;
  useReadAgain(room.status.phase === "open");
  useFreshMap(map, room.status.session?.map ?? null);
  useMissingNode(room.model, props.node, room.status.synced);
  useLostWriting({
    room,
    canEdit: session.rights === "edit",
    gate: session.gate,
    onShow: (id) => {
      session.jump(id);
      session.focusStage();
    },
  });
  useStageFocus(room.status.loaded ? view : null, page);
  useSteadyMiddle(runs, page, session.controller);
  const title = useMapModel(room.model, (model) => model.title) || map.title;
  useEffect(() => {
    document.title = t("common.pageTitle", { page: title || t("map.untitled") });
  }, [title, t]);
  const me = { id: room.status.participant ?? map.me.participant, name: map.me.pseudonym };

  return (
    <div ref={page} className={styles.page}>
      <TopBar
        title={title}
        room={room}
        me={me}
        rights={session.rights}
        view={view}
        onView={onView}
        search={session.search}
        onJump={session.jump}
        onLeaveSearch={() => session.focusStage()}
        panelShown={session.panelShown}
        {...(hasPanel(view) && { onPanel: session.togglePanel })}
        onHelp={() => session.setHelpOpen(true)}
        onUndo={session.undo}
        onCursors={props.onCursors}
        {...(session.facilitates && { run, onRun: () => setRun(!run) })}
        back={<Back session={map.session} />}
        leave={<Leave map={map} name={me.name} status={room.status} />}
        timeline={<TimelineLink map={map.id} />}
        download={<Download map={map.id} room={room} selected={session.selected} />}
      />
      <RoundBar room={room} rights={session.rights} voting={session.voting} />
      <main className={styles.body}>
        {runs && (
          <RunPanel
            {...{ map, room, session, lead }}
            isLeading={room.status.session?.follow === me.id}
            onClose={() => setRun(false)}
          />
        )}
        <div className={styles.middle}>
          <StatusNotices room={room} isOverMap={view === "map"} />
          <div ref={stage} className={styles.stage} data-region="stage">
            {room.status.loaded ? (
              <MapStage {...props} session={session} lead={session.facilitates ? lead : null} />
            ) : (
              <Skeleton />
            )}
            <Leading {...{ room, session, stage, lead }} />
          </div>
        </div>
        {session.panelShown && <SidePanel room={room} session={session} />}
      </main>
      <LateCard room={room} title={title} />
      <LinkPalette linking={session.linking} />
      <KeyHelp open={session.helpOpen} onClose={() => session.setHelpOpen(false)} />
      <PrintedMap model={room.model} />
    </div>
  );
}

/**
 * Gives what is on the stage the keyboard as soon as it is there; at first unless something else has
 * it by now, and without a frame around all of the map, as nobody has asked for that.
 */
function useStageFocus(shown: MapViewName | null, page: RefObject<HTMLElement | null>): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (shown === null) return;
    const arrives = isFirst.current;
    isFirst.current = false;
    if (arrives && document.activeElement !== document.body) return;
    focusStage(page.current, arrives ? { focusVisible: false } : {});
  }, [shown, page]);
}

/** What was in the middle of the map stays there when the panel before it opens or closes. */
function useSteadyMiddle(
  isOpen: boolean,
  page: RefObject<HTMLElement | null>,
  controller: MapController | null,
): void {
  const width = useRef<number | null>(null);
  useLayoutEffect(() => {
    const panel = page.current?.querySelector<HTMLElement>('[data-region="run"]');
    const before = width.current;
    width.current = isOpen ? (panel?.offsetWidth ?? 0) : 0;
    if (before !== null) controller?.pan((before - width.current) / 2, 0);
  }, [isOpen, page, controller]);
}

/** Whether the panel for running the session is open: remembered, and closed at first on a phone. */
function useRunPanel(): [boolean, (open: boolean) => void] {
  const [isOpen, setOpen] = useState(() => window.innerWidth >= 832 && recall(RUN) === "open");
  const set = (open: boolean) => {
    remember(RUN, open ? "open" : "closed");
    setOpen(open);
  };
  return [isOpen, set];
}

/** To how the map came about. */
function TimelineLink({ map }: { map: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <IconButton
      icon={History}
      label={t("timeline.open")}
      size="s"
      onClick={() => void navigate({ to: "/maps/$id/timeline", params: { id: map } })}
    />
  );
}

/** Who has an account signs out elsewhere. */
function Leave({ map, name, status }: { map: MapEntry; name: string; status: RoomStatus }) {
  const { data: me } = useMe();
  if (!me || me.user) return null;
  const unsent = status.unsent + status.setAside;
  return <LeaveSession session={map.session} map={map.id} name={name} unsent={unsent} />;
}

/** The map as a file, or the branch under the selected node. */
function Download(props: { map: string; room: RoomState; selected: NodeId | null }) {
  const { map, room, selected } = props;
  const branch = selected === ROOT ? null : selected;
  const words = useMapModel(room.model, (model) =>
    branch === null ? undefined : model.node(branch)?.text,
  );
  return (
    <ExportButton
      map={map}
      size="s"
      branch={
        branch === null || words === undefined ? null : { id: branch, words: words.slice(0, 60) }
      }
    />
  );
}

/** The way back to the session, for who has an account: a guest has only the map, and leaves by `Leave`. */
function Back({ session }: { session: string }) {
  const { data: me } = useMe();
  if (!me?.user) return null;
  return (
    <Link to="/sessions/$id" params={{ id: session }} className={backClass}>
      <BackIcon />
    </Link>
  );
}
