import {
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { OpenMap } from "~/hooks/roomState";
import { usePresence } from "~/hooks/usePresence";
import type { Author } from "~/map/commands";
import type { NodeId } from "~/map/schema";
import { nodesIn } from "~/map/spatial";
import type { PageActions } from "~/pages/session/actions/context";
import {
  ContextMenu,
  MapItems,
  type MenuExtras,
  useMenuStillMeant,
} from "~/pages/session/ContextMenu";
import { readFolds, writeFolds } from "~/pages/session/folding";
import styles from "~/pages/session/MapCanvas.module.css";
import { MapController, type MenuRequest, type Surroundings } from "~/pages/session/MapController";
import { MapSprite } from "~/pages/session/MapSprite";
import { NodeEditor } from "~/pages/session/NodeEditor";
import type { Badges } from "~/pages/session/render/badgeLayer";
import type { Place } from "~/pages/session/render/camera";
import { CommentLayer } from "~/pages/session/render/commentLayer";
import { elementId, type NodeWords } from "~/pages/session/render/nodeElement";
import type { ChipSource } from "~/pages/session/render/scene";
import { useViewState } from "~/pages/session/useViewState";
import { ZoomControls } from "~/pages/session/ZoomControls";

/** What the page knows of nodes beside what the map says. */
interface Known {
  /** What stands at the corners of nodes. */
  badges?: ReadonlyMap<NodeId, Badges> | undefined;
  /** The same in words, for who hears the map. */
  about?: ((id: NodeId) => string) | undefined;
  /** What stands on linked nodes; without it, only how much they are linked to. */
  chips?: ChipSource | undefined;
}

/** What the map's window needs. */
export interface MapCanvasProps extends MenuExtras, Known {
  map: OpenMap;
  /** Names the map for what this browser remembers about it. */
  mapId: string;
  author: Author;
  canEdit: boolean;
  page: PageActions;
  /** Hands the controller to the page's bars, and null when it is gone. */
  onController?: (controller: MapController | null) => void;
  /** Where the window stood last; told when it goes. */
  stand?: { place: Place | null };
  /** The node that is selected when the map is first shown. */
  selected?: NodeId | null;
  onSelect?: (id: NodeId | null) => void;
}

const NO_BADGES: ReadonlyMap<NodeId, Badges> = new Map();
const NO_WORDS = () => "";

/** The map: draws it, and takes pointers, touches and keys. React draws only what stands around it. */
export function MapCanvas(props: MapCanvasProps) {
  const { canEdit } = props;
  const map = useSteady(props.map);
  const { t } = useTranslation();
  const hint = useId();
  const host = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const [asked, setMenu] = useState<MenuRequest | null>(null);
  const controller = useController(host, tree, { ...props, map }, setMenu);
  const view = controller?.view ?? null;
  const active = useViewState(view, (state) => state.active);
  const editing = useViewState(view, (state) => state.editing);
  const moving = useViewState(view, (state) => state.moving);
  const closeMenu = () => {
    setMenu(null);
    tree.current?.focus({ preventScroll: true });
  };
  const menu = useMenuStillMeant(asked, active, closeMenu);
  const edited = editing?.id;
  const mayWrite =
    canEdit && (!edited || props.page.gate.reason("edit", { ids: [edited] }) === null);
  // The pen may be taken away in mid-word: what was written before is in the document.
  useEffect(() => {
    if (mayWrite || !view) return;
    view.endEdit();
    view.setMoving(null);
  }, [mayWrite, view]);

  return (
    <div className={styles.frame}>
      <MapSprite />
      <div ref={host} className={styles.host} data-moving={moving ? "" : undefined}>
        <div
          ref={tree}
          className={styles.tree}
          role="tree"
          tabIndex={0}
          aria-label={t("map.label")}
          aria-describedby={hint}
          aria-multiselectable="true"
          aria-activedescendant={active === null ? undefined : elementId(active)}
        />
      </div>
      <p id={hint} className="visually-hidden">
        {t("map.hint")}
      </p>
      {view &&
        editing &&
        createPortal(
          <NodeEditor
            key={editing.id}
            map={map}
            editing={editing}
            context={() =>
              controller?.context() as NonNullable<ReturnType<MapController["context"]>>
            }
          />,
          view.stage.editor,
        )}
      {view && <ZoomControls view={view} />}
      {controller && menu && (
        <ContextMenu
          request={menu}
          hands={controller.hands()}
          map={<MapItems controller={controller} canEdit={canEdit} />}
          lead={props.lead ?? null}
          onRedact={props.onRedact}
          onImport={props.onImport}
          onClose={closeMenu}
        />
      )}
    </div>
  );
}

/** The same object for as long as its parts are: the room around them changes with each saved edit. */
function useSteady({ room, doc, model, undo }: OpenMap): OpenMap {
  return useMemo(() => ({ room, doc, model, undo }), [room, doc, model, undo]);
}

/** Makes the controller once the window is in the page, and keeps it told of what changes. */
function useController(
  host: RefObject<HTMLElement | null>,
  tree: RefObject<HTMLElement | null>,
  props: MapCanvasProps,
  openMenu: (request: MenuRequest) => void,
): MapController | null {
  const { map, mapId } = props;
  const [controller, setController] = useState<MapController | null>(null);
  const words = useWords();
  const latest = useRef<MapCanvasProps>(props);
  latest.current = props;

  // Before the browser paints: the map should be in its first picture.
  useLayoutEffect(() => {
    if (!host.current || !tree.current) return;
    const around = (): Surroundings => ({ ...latest.current, openMenu });
    const options = {
      words,
      folded: readFolds(mapId),
      place: latest.current.stand?.place ?? null,
      onFold: (folded: ReadonlySet<NodeId>) => writeFolds(mapId, folded),
    };
    const made = new MapController(host.current, tree.current, map, options, around);
    const { selected } = latest.current;
    if (selected && map.model.node(selected)) made.view.select(selected);
    else if (isBeyond(made)) made.view.fit();
    const comments = new CommentLayer(made.view, words.comments);
    showKnown(made, latest.current);
    // Not in a transition: whoever types at once writes in a field that React draws.
    setController(made);
    latest.current.onController?.(made);
    return () => {
      setController(null);
      latest.current.onController?.(null);
      if (latest.current.stand) latest.current.stand.place = made.view.camera.goal();
      comments.destroy();
      made.destroy();
    };
  }, [host, tree, map, mapId, words, openMenu]);

  const { badges, about, chips } = props;
  useEffect(() => {
    if (controller) showKnown(controller, { badges, about, chips });
  }, [controller, badges, about, chips]);
  usePresenceIn(controller, map, props.author.id);
  const active = useViewState(controller?.view ?? null, (state) => state.active);
  useEffect(() => {
    if (controller) latest.current.onSelect?.(active);
  }, [controller, active]);
  return controller;
}

/** Shows what the page knows of nodes: what they are linked to, and what stands at their corners. */
function showKnown({ view, badges }: MapController, known: Known): void {
  badges.show(known.badges ?? NO_BADGES, known.about ?? NO_WORDS);
  if (known.chips) view.showChips(known.chips);
}

/** Whether nothing of the map is where the window stood: it may have been made anew, and be another one now. */
function isBeyond({ view: { scene, camera } }: MapController): boolean {
  return nodesIn(scene.layout, camera.view()).length === 0;
}

/** Shows where the others are; one's own other pages are no others. */
function usePresenceIn(controller: MapController | null, map: OpenMap, me: string): void {
  const peers = usePresence(map.room);
  useEffect(
    () => controller?.presence.show(peers.filter(({ id }) => id !== me)),
    [controller, peers, me],
  );
}

function useWords(): NodeWords {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      kind: (kind) => t(`map.kind.${kind}`),
      empty: t("map.node.empty"),
      note: t("map.node.note"),
      links: (count) => t("map.node.links", { count }),
      comments: (count) => t("outline.comments", { count }),
      hidden: (count) => t("map.node.hidden", { count }),
      more: (count) => t("map.node.more", { count }),
    }),
    [t],
  );
}
