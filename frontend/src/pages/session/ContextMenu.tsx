import { Menu as Base } from "@base-ui/react/menu";
import {
  ChevronRight,
  ChevronsDownUp,
  ChevronsUpDown,
  CircleDashed,
  ClipboardPaste,
  Copy,
  CornerDownRight,
  CornerLeftUp,
  Eraser,
  FileInput,
  Link2,
  ListX,
  Maximize,
  MoveRight,
  NotepadText,
  Pencil,
  Plus,
  Scissors,
  Shapes,
  Trash2,
  Waypoints,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { KIND_ICONS } from "~/components/kindIcons";
import { MenuChoice, MenuItem, MenuSeparator } from "~/components/Menu";
import menuStyles from "~/components/Menu.module.css";
import { toast } from "~/components/Toast";
import type { Carried } from "~/map/commands";
import { KINDS, type Kind, type NodeId, ROOT } from "~/map/schema";
import { copy, cut, paste } from "~/pages/session/actions/clipboard";
import { setKind } from "~/pages/session/actions/edits";
import { ColourRow } from "~/pages/session/ColourRow";
import styles from "~/pages/session/ContextMenu.module.css";
import type { Command } from "~/pages/session/keys/table";
import type { MapController, MenuRequest } from "~/pages/session/MapController";
import { LeadItems, VoteItems } from "~/pages/session/run/NodeItems";
import type { Lead } from "~/pages/session/run/useLead";

interface ContextMenuProps {
  request: MenuRequest;
  controller: MapController;
  canEdit: boolean;
  /** What a facilitator may do with nodes. */
  lead: Lead | null;
  /** Asks for the words of a node to be taken out. */
  onRedact?: ((id: NodeId) => void) | undefined;
  /** Asks for a file that comes in under a node. */
  onImport?: ((id: NodeId) => void) | undefined;
  onClose: () => void;
}

/** What can be done with a node, or with the map, where it was asked for. */
export function ContextMenu(props: ContextMenuProps) {
  const { request, controller, canEdit, lead, onRedact, onImport, onClose } = props;
  const { t } = useTranslation();
  const { x, y } = request.point;
  const anchor = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
  const { id } = request;
  const isPressed = usePressedAnew();
  return (
    <Base.Root
      open
      modal={false}
      onOpenChange={(open, { reason }) => {
        if (!open && (reason !== "outside-press" || isPressed())) onClose();
      }}
    >
      <Base.Portal>
        <Base.Positioner
          className={menuStyles.positioner}
          anchor={anchor}
          align="start"
          sideOffset={2}
          collisionPadding={8}
        >
          <Base.Popup
            className={menuStyles.popup}
            aria-label={id === null ? t("map.menu.mapLabel") : t("map.menu.label")}
            finalFocus={false}
          >
            {id === null ? (
              <MapItems controller={controller} canEdit={canEdit} />
            ) : (
              <>
                <NodeItems id={id} controller={controller} canEdit={canEdit} />
                {onImport && (
                  <MenuItem
                    icon={FileInput}
                    onSelect={later(() => onImport(id))}
                    reason={controller.context().page.gate.reason("addChild", { ids: [id] })}
                  >
                    {t("mapImport.under")}
                  </MenuItem>
                )}
                <VoteItems id={id} controller={controller} />
                {lead && <LeadItems id={id} controller={controller} lead={lead} />}
                {onRedact && (
                  <MenuItem icon={Eraser} danger onSelect={later(() => onRedact(id))}>
                    {t("map.redact.menu")}
                  </MenuItem>
                )}
              </>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Whether anything was pressed since: lifting the finger whose long press opened the menu must not close it. */
function usePressedAnew(): () => boolean {
  const pressed = useRef(false);
  useEffect(() => {
    const down = () => {
      pressed.current = true;
    };
    document.addEventListener("pointerdown", down, { capture: true });
    return () => document.removeEventListener("pointerdown", down, { capture: true });
  }, []);
  return () => pressed.current;
}

interface ItemsProps {
  controller: MapController;
  canEdit: boolean;
}

/** Once the menu has closed: an editor that opened before would lose the focus to it again. */
const later = (act: () => void) => () => void setTimeout(act);

function NodeItems({ id, controller, canEdit }: ItemsProps & { id: NodeId }) {
  const { t } = useTranslation();
  const { view } = controller;
  const run = (command: Parameters<MapController["run"]>[0]) =>
    later(() => controller.run(command));
  const { model, page } = controller.context();
  const node = model.node(id);
  const why = (command: Command) => page.gate.reason(command, { ids: [id] });
  const foldable = id !== ROOT && (node?.children.length ?? 0) > 0;
  const isFolded = view.scene.folded.has(id);
  return (
    <>
      {canEdit && <EditItems id={id} controller={controller} run={run} />}
      <MenuItem icon={NotepadText} onSelect={run("note")}>
        {t("map.menu.note")}
      </MenuItem>
      {foldable && (
        <MenuItem icon={isFolded ? ChevronsUpDown : ChevronsDownUp} onSelect={run("fold")}>
          {isFolded ? t("map.menu.unfold") : t("map.menu.fold")}
        </MenuItem>
      )}
      <MenuSeparator />
      <ClipboardItems id={id} controller={controller} canEdit={canEdit} />
      {canEdit && id !== ROOT && (
        <>
          <MenuItem
            icon={MoveRight}
            onSelect={() => view.setMoving(view.selection.list().filter((it) => it !== ROOT))}
            reason={why("moveUp")}
          >
            {t("map.menu.move")}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={run("remove")} reason={why("remove")}>
            {t("map.menu.remove")}
          </MenuItem>
          {foldable && (
            <MenuItem icon={ListX} danger onSelect={run("removeKeeping")}>
              {t("map.menu.removeKeeping")}
            </MenuItem>
          )}
        </>
      )}
    </>
  );
}

interface EditItemsProps {
  id: NodeId;
  controller: MapController;
  run: (command: Command) => () => void;
}

function EditItems({ id, controller, run }: EditItemsProps) {
  const { t } = useTranslation();
  const { model, page } = controller.context();
  const node = model.node(id);
  const why = (command: Command) => page.gate.reason(command, { ids: [id] });
  return (
    <>
      <MenuItem icon={Pencil} onSelect={run("edit")} reason={why("edit")}>
        {t("map.menu.edit")}
      </MenuItem>
      <MenuItem icon={CornerDownRight} onSelect={run("addChild")} reason={why("addChild")}>
        {t("map.menu.addChild")}
      </MenuItem>
      {id !== ROOT && (
        <>
          <MenuItem icon={Plus} onSelect={run("addAfter")} reason={why("addAfter")}>
            {t("map.menu.addAfter")}
          </MenuItem>
          <MenuItem icon={CornerLeftUp} onSelect={run("addParent")} reason={why("addParent")}>
            {t("map.menu.addParent")}
          </MenuItem>
        </>
      )}
      <MenuItem icon={Link2} onSelect={run("links")} reason={why("links")}>
        {t("link.open")}
      </MenuItem>
      <MenuItem icon={CircleDashed} onSelect={run("makeGap")} reason={why("makeGap")}>
        {t("link.makeGap")}
      </MenuItem>
      <MenuItem icon={Waypoints} onSelect={run("relate")} reason={why("relate")}>
        {t("map.menu.relate")}
      </MenuItem>
      {why("edit") === null && (
        <>
          <KindItem kind={node?.kind ?? null} controller={controller} />
          <ColourRow controller={controller} />
        </>
      )}
      <MenuSeparator />
    </>
  );
}

function KindItem({ kind, controller }: { kind: Kind | null; controller: MapController }) {
  const { t } = useTranslation();
  const options = [
    { value: "" as const, label: t("map.menu.noKind") },
    ...KINDS.map((value) => ({ value, label: t(`map.kind.${value}`), icon: KIND_ICONS[value] })),
  ];
  return (
    <Submenu label={t("map.menu.kind")}>
      <MenuChoice<Kind | "">
        label={t("map.menu.kind")}
        value={kind ?? ""}
        options={options}
        onChange={(value) => setKind(controller.hands(), value === "" ? null : value)}
      />
    </Submenu>
  );
}

function Submenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={menuStyles.item}>
        <Shapes aria-hidden="true" className={menuStyles.icon} />
        <span>{label}</span>
        <ChevronRight aria-hidden="true" className={styles.more} />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner className={menuStyles.positioner} collisionPadding={8} alignOffset={-4}>
          <Base.Popup className={menuStyles.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}

function ClipboardItems({ id, controller, canEdit }: ItemsProps & { id: NodeId }) {
  const { t } = useTranslation();
  const write = (carried: Carried | null) =>
    carried && void navigator.clipboard.writeText(carried.text);
  const onPaste = () =>
    navigator.clipboard.readText().then(
      (text) => paste(controller.hands(), { text, branches: "" }),
      () =>
        toast({ title: t("map.paste.refused"), text: t("map.paste.refusedText"), tone: "note" }),
    );
  // Pages without a secure connection have no clipboard; the keys work there all the same.
  if (!navigator.clipboard) return null;
  return (
    <>
      <MenuItem icon={Copy} onSelect={() => write(copy(controller.hands()))}>
        {t("map.menu.copy")}
      </MenuItem>
      {canEdit && id !== ROOT && (
        <MenuItem icon={Scissors} onSelect={() => write(cut(controller.hands()))}>
          {t("map.menu.cut")}
        </MenuItem>
      )}
      {canEdit && (
        <MenuItem icon={ClipboardPaste} onSelect={() => void onPaste()}>
          {t("map.menu.paste")}
        </MenuItem>
      )}
      <MenuSeparator />
    </>
  );
}

function MapItems({ controller, canEdit }: ItemsProps) {
  const { t } = useTranslation();
  const { view } = controller;
  return (
    <>
      {canEdit && (
        <MenuItem
          icon={Plus}
          onSelect={later(() => {
            view.select(ROOT);
            controller.run("addChild");
          })}
        >
          {t("map.menu.addBranch")}
        </MenuItem>
      )}
      <MenuItem icon={ChevronsDownUp} onSelect={() => view.foldToLevel(1)}>
        {t("map.menu.foldAll")}
      </MenuItem>
      <MenuItem icon={ChevronsUpDown} onSelect={() => view.foldToLevel(Number.POSITIVE_INFINITY)}>
        {t("map.menu.unfoldAll")}
      </MenuItem>
      <MenuItem icon={Maximize} onSelect={() => view.fit()}>
        {t("map.menu.fit")}
      </MenuItem>
    </>
  );
}
