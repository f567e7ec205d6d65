import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import type { Hands } from "./actions/hands";
import { ContextMenu, type MenuExtras, useMenuStillMeant } from "./ContextMenu";
import type { MenuRequest } from "./MapController";
import { handsOf, type OutlineContext, run } from "./outline/actions";
import { ChangeAnnouncer } from "./outline/ChangeAnnouncer";
import styles from "./outline/Outline.module.css";
import { OutlineBar } from "./outline/OutlineBar";
import { OutlineRowView, rowElementId } from "./outline/OutlineRowView";
import { treeKeys } from "./outline/treeKeys";
import { useOutline } from "./outline/useOutline";
import { usePeersByNode } from "./outline/usePeersByNode";
import { useRelated } from "./outline/useRelated";
import { useRowFocus } from "./outline/useRowFocus";
import { useRowHandlers } from "./outline/useRowHandlers";
import { type Rows, useRows } from "./outline/useRows";
import type { PanelProps } from "./panelProps";
import type { ChipSource } from "./render/scene";

interface MapOutlineProps extends PanelProps, MenuExtras {
  /** What the session says of a node, in words. */
  about?: (id: string) => string;
  /** What stands on linked nodes. */
  chips?: ChipSource;
  /** What the page around it does with arrows between nodes. */
  page?: OutlineContext["page"];
  /** Told what several selected rows can be worked on with; null while there is one. */
  onSeveral?: (hands: Hands | null) => void;
}

/**
 * The map as an indented list: the same document, for those who hear it and for small screens.
 *
 * Of thousands of rows only those in view are in the page, so each says itself where it stands.
 */
export function MapOutline(props: MapOutlineProps) {
  const { room, author, canEdit, gate, page } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const outline = useOutline(props);
  const [asked, setMenu] = useState<MenuRequest | null>(null);
  const closeMenu = () => {
    setMenu(null);
    document.getElementById(rowElementId(outline.active))?.focus({ preventScroll: true });
  };
  const menu = useMenuStillMeant(asked, outline.active, closeMenu);
  const { endEdit } = outline;
  const edited = outline.editing?.id;
  const mayWrite = canEdit && (!edited || gate.reason("edit", { ids: [edited] }) === null);
  // The pen may be taken away in mid-word: what was written before is in the document.
  useEffect(() => {
    if (!mayWrite) endEdit("keep");
  }, [mayWrite, endEdit]);
  const context: OutlineContext = { room, author, canEdit, gate, outline, page };
  useSeveral(context, props.onSeveral);
  const rows = useRows(scroller, outline);
  useRowFocus(scroller, outline, rows);
  return (
    <div className={styles.outline}>
      <div className={styles.scroller} ref={scroller}>
        <Tree {...{ context, rows }} onMenu={setMenu} about={props.about} chips={props.chips} />
        {outline.rows.length <= 1 && room.model.size <= 1 && <Empty context={context} />}
      </div>
      {canEdit && (
        <OutlineBar context={context} onMore={(point) => setMenu({ point, id: outline.active })} />
      )}
      {menu && (
        <ContextMenu
          request={menu}
          hands={handsOf(context)}
          lead={props.lead ?? null}
          onRedact={props.onRedact}
          onImport={props.onImport}
          onClose={closeMenu}
        />
      )}
      <ChangeAnnouncer room={room} />
    </div>
  );
}

/** Tells the page of several selected rows, for what it says beside the outline. */
function useSeveral(context: OutlineContext, tell: MapOutlineProps["onSeveral"]): void {
  const latest = useRef(context);
  latest.current = context;
  const { outline, canEdit } = context;
  const { ids } = outline;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with other rights there are other hands.
  useEffect(() => {
    tell?.(ids.length > 1 ? handsOf(latest.current) : null);
  }, [tell, ids, canEdit]);
  useEffect(() => () => tell?.(null), [tell]);
}

/** What to do with a map in which there is nothing yet. */
function Empty({ context }: { context: OutlineContext }) {
  const { t } = useTranslation();
  if (!context.canEdit) return <p className={styles.nothing}>{t("map.empty.readOnly")}</p>;
  return (
    <div className={styles.nothing}>
      <p>{t("outline.empty")}</p>
      <Button variant="primary" size="s" onClick={() => run("addChild", context)}>
        {t("map.empty.add")}
      </Button>
    </div>
  );
}

interface TreeProps {
  context: OutlineContext;
  rows: Rows;
  onMenu: (request: MenuRequest) => void;
  about?: ((id: string) => string) | undefined;
  chips?: ChipSource | undefined;
}

function Tree({ context, rows, onMenu, about, chips }: TreeProps) {
  const { t } = useTranslation();
  const hint = useId();
  const { room, outline, canEdit } = context;
  const { model } = room;
  const handlers = useRowHandlers(context, rows.measureElement, onMenu);
  const peers = usePeersByNode(room.room);
  const related = useRelated(model);
  const selected = new Set(outline.ids);
  return (
    <>
      <p id={hint} className="visually-hidden">
        {t(canEdit ? "outline.hint" : "outline.hintReadOnly")}
      </p>
      <div
        role="tree"
        aria-label={t("outline.label")}
        aria-describedby={hint}
        aria-multiselectable="true"
        className={styles.tree}
        style={{ height: rows.getTotalSize() }}
        {...treeKeys(context)}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const row = outline.rows[index];
          const node = row && model.node(row.id);
          if (!row || !node) return null;
          return (
            <div key={row.id} role="none" className={styles.place} style={{ top: start }}>
              <OutlineRowView
                {...row}
                index={index}
                node={node}
                colour={model.colourOf(row.id)}
                active={outline.active === row.id}
                selected={selected.has(row.id)}
                editing={outline.editing?.id === row.id}
                comments={model.commentsOn(row.id).filter((comment) => !comment.done).length}
                relations={related(row.id)}
                about={about?.(row.id) ?? ""}
                chip={chips?.of(node) ?? null}
                peers={peers.get(row.id) ?? ""}
                handlers={handlers}
              />
            </div>
          );
        })}
      </div>
    </>
  );
}
