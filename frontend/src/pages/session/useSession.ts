import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { toast } from "~/components/Toast";
import { usePeople } from "~/hooks/useParticipants";
import type { RoomState } from "~/hooks/useRoom";
import { nextReach, type Step } from "~/map/commands";
import { type NodeId, ROOT } from "~/map/schema";
import { wayBackFrom } from "~/pages/session/actions/back";
import type { PageActions, PanelPart } from "~/pages/session/actions/context";
import { undoRedo } from "~/pages/session/actions/edits";
import type { Hands } from "~/pages/session/actions/hands";
import { stepTo } from "~/pages/session/actions/undoing";
import type { MapViewName } from "~/pages/session/bar/ViewSwitch";
import { IS_MAC, letterOf } from "~/pages/session/keys/match";
import { useLinking } from "~/pages/session/link/useLinking";
import type { MapController } from "~/pages/session/MapController";
import { offerBack } from "~/pages/session/offerBack";
import { focusRegion, focusStage } from "~/pages/session/regions";
import { useRelating } from "~/pages/session/relate/useRelating";
import { recall, remember } from "~/pages/session/remember";
import type { Place } from "~/pages/session/render/camera";
import { rightsOf } from "~/pages/session/rights";
import { useAbout } from "~/pages/session/useAbout";
import { useGate } from "~/pages/session/useGate";
import { useVoting } from "~/pages/session/vote/useVoting";

interface SessionInput {
  map: MapEntry;
  room: RoomState;
  view: MapViewName;
  onView: (view: MapViewName) => void;
  stand: Stand;
}

/** Where one is in a map: it outlives the document. */
export interface Stand {
  selected: NodeId | null;
  place: Place | null;
  select(id: NodeId | null): void;
}

/**
 * Where one stands at first: where the address says, or where one was before the page was loaded anew.
 * Else nowhere, so that not everybody who comes in is seen at the topic; keys go to it all the same.
 */
export function beginning(map: string, node: NodeId | null): Stand {
  const name = `at.${map}`;
  return {
    selected: node ?? recall(name, "tab"),
    place: null,
    select(id) {
      this.selected = id;
      remember(name, id, "tab");
    },
  };
}

/** What the parts of an open session share: selection, panel, search, help, and how keys reach them. */
export type Session = ReturnType<typeof useSession>;

const PANEL = "panel";

/** Holds what the parts of an open session share. */
export function useSession(input: SessionInput, page: RefObject<HTMLElement | null>) {
  const { room, view, onView } = input;
  const { t } = useTranslation();
  const [selected, setSelected] = useState<NodeId | null>(input.stand.selected);
  const [asked, setAsked] = useState<{ part: PanelPart; times: number } | null>(null);
  const [controller, setController] = useState<MapController | null>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  // What several rows of the outline are worked on with; the map's controller has its own.
  const [several, setSeveral] = useState<Hands | null>(null);
  const hasRoom = room.status.loaded && hasPanel(view);
  const panel = usePanel(hasRoom, selected, () => jump(ROOT));
  const search = useRef<HTMLInputElement>(null);
  const author = { id: room.status.participant ?? input.map.me.participant };
  const rights = rightsOf(input.map, room.status);
  const voting = useVoting(room);
  const facilitates = room.status.role === "facilitator";
  const { session } = room.status;
  const standing = {
    ...{ rights, facilitates, me: author.id, session },
    nextReach: (what: Step) => nextReach(room.undo, what),
  };
  const { gate, permits } = useGate(room.model, standing, voting);
  const relating = useRelating(room, author, gate);
  const linking = useLinking(input.map.id, room, author, gate);
  const actions = usePageActions(room, {
    gate,
    link: linking.open,
    linkOffer: (id) => {
      if (linking.firstOffer.current?.(id)) return;
      panel.open();
      toast({ title: t("link.panel.noOffer"), tone: "note" });
    },
    makeGap: (id) => void linking.makeGap(id),
    relate: relating.begin,
    pick: relating.end,
    openPanel: (part) => {
      panel.open();
      setAsked((before) => ({ part, times: (before?.times ?? 0) + 1 }));
    },
    openSearch: () => search.current?.focus(),
    openHelp: () => setHelpOpen(true),
    leave: () => focusRegion(1),
  });

  // In whatever view it was chosen: the others see where one is.
  useEffect(() => room.room.setPresence({ selected }), [room.room, selected]);

  const select = (id: NodeId | null) => {
    input.stand.select(id);
    setSelected(id);
    setAsked(null); // What was asked for was about the node before.
  };
  const jump = (id: NodeId) => {
    select(id);
    if (view === "trash" || view === "links") onView("map");
    controller?.view.jumpTo(id);
  };
  const undo = (what: Step) => {
    if (controller) undoRedo(controller.context(), what);
    else stepTo(room, gate, what, select);
  };
  usePageKeys(() => search.current?.focus());

  return {
    ...{ selected, select, several, setSeveral, asked, controller, setController },
    ...{ helpOpen, setHelpOpen, search, actions, jump, undo, author, relating, linking },
    about: useAbout(room, voting.mine),
    ...{ rights, voting, gate, permits, facilitates },
    panelShown: panel.isShown,
    togglePanel: panel.toggle,
    focusStage: (options?: FocusOptions) => focusStage(page.current, options),
    nameOf: useNameOf(input.map, author.id),
    map: { id: input.map.id, role: room.status.role ?? input.map.me.role },
  };
}

/** The pseudonyms of those in the map; the own one also where one is told of nobody's. */
function useNameOf({ id, me }: MapEntry, own: string): (id: string) => string | undefined {
  const known = usePeople(id);
  return useCallback((by) => (by === own ? me.pseudonym : known(by)), [own, me.pseudonym, known]);
}

/** The keys that work wherever the focus is; those of the map come after what the map does itself. */
function usePageKeys(find: () => void): void {
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // The toasts listen to it as well, and would take it for themselves from wherever it leads.
      if (event.key === "F6") event.stopPropagation();
      if (event.defaultPrevented || event.isComposing) return;
      const mod = IS_MAC ? event.metaKey : event.ctrlKey;
      if (mod && !event.altKey && letterOf(event).toLowerCase() === "f") latest.current();
      else if (event.key === "F6") focusRegion(event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Trash and board are lists of their own, without anything that is selected. */
export function hasPanel(view: MapViewName): boolean {
  return view === "map" || view === "outline";
}

/**
 * The side panel, which is about what is selected; with nothing, it is opened on what `choose` selects.
 * Whether it is open is remembered; at first it is closed where it would cover the map.
 */
function usePanel(hasRoom: boolean, selected: NodeId | null, choose: () => void) {
  const [isOpen, setOpen] = useState(() => window.innerWidth >= 832 && recall(PANEL) !== "closed");
  const set = (open: boolean) => {
    remember(PANEL, open ? "open" : "closed");
    setOpen(open);
  };
  const isShown = hasRoom && isOpen && selected !== null;
  const toggle = () => {
    set(!isShown);
    if (selected === null) choose();
  };
  return { isShown, open: () => set(true), toggle };
}

function usePageActions(
  room: RoomState,
  page: { openPanel: (part: PanelPart) => void } & Omit<PageActions, "removed" | "openPanel">,
): PageActions {
  const latest = useRef(page);
  latest.current = page;
  const { undo, model, room: client } = room;
  return useMemo(
    () => ({
      gate: page.gate,
      openPanel: (part) => latest.current.openPanel(part),
      link: (id) => latest.current.link(id),
      linkOffer: (id) => latest.current.linkOffer(id),
      makeGap: (id) => latest.current.makeGap(id),
      relate: (from) => latest.current.relate(from),
      pick: (id) => latest.current.pick(id),
      openSearch: () => latest.current.openSearch(),
      openHelp: () => latest.current.openHelp(),
      leave: () => latest.current.leave(),
      removed: (ids, count) => {
        offerBack(
          { room: client, model },
          ids,
          count,
          wayBackFrom({ model, undo }, page.gate, ids),
        );
      },
    }),
    [undo, model, client, page.gate],
  );
}
