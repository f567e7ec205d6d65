import { Menu as Base } from "@base-ui/react/menu";
import {
  ChevronRight,
  ChevronsDownUp,
  ChevronsUpDown,
  Eraser,
  FileInput,
  Maximize,
  Plus,
  Shapes,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { KIND_ICONS } from "~/components/kindIcons";
import { MenuChoice, MenuItem, MenuSeparator } from "~/components/Menu";
import menuStyles from "~/components/Menu.module.css";
import { toast } from "~/components/Toast";
import type { Carried } from "~/map/commands";
import { KINDS, type Kind, type NodeId, ROOT } from "~/map/schema";
import { copy, cut, paste, readClipboard } from "~/pages/session/actions/clipboard";
import { setKind } from "~/pages/session/actions/edits";
import type { Hands } from "~/pages/session/actions/hands";
import { ColourRow } from "~/pages/session/ColourRow";
import styles from "~/pages/session/ContextMenu.module.css";
import type { Command } from "~/pages/session/keys/table";
import type { MapController, MenuRequest } from "~/pages/session/MapController";
import { LeadItems, VoteItems } from "~/pages/session/run/NodeItems";
import type { Lead } from "~/pages/session/run/useLead";
import { keyOf, MENU_TOOLS, type MenuTool } from "~/pages/session/tools";

/** What a menu can offer beside the edits, to those who may. */
export interface MenuExtras {
  /** What a facilitator may do with nodes. */
  lead?: Lead | null;
  /** Asks for the words of a node to be taken out. */
  onRedact?: ((id: NodeId) => void) | undefined;
  /** Asks for a file that comes in under a node. */
  onImport?: ((id: NodeId) => void) | undefined;
}

interface ContextMenuProps extends MenuExtras {
  request: MenuRequest;
  hands: Hands;
  /** The items for the map itself, where one can ask for them. */
  map?: ReactNode;
  onClose: () => void;
}

/**
 * The menu that was asked for, while its node is the active one: its commands go to that. Where others
 * take the node away, it closes.
 */
export function useMenuStillMeant(
  menu: MenuRequest | null,
  active: NodeId | null,
  close: () => void,
): MenuRequest | null {
  const latest = useRef(close);
  latest.current = close;
  const isOver = menu !== null && menu.id !== null && menu.id !== active;
  useEffect(() => {
    if (isOver) latest.current();
  }, [isOver]);
  return isOver ? null : menu;
}

/** What can be done with a node, or with the map, where it was asked for. */
export function ContextMenu({ request, hands, map, onClose, ...extras }: ContextMenuProps) {
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
          // Beside the point, so that it has the window's whole height: what deletes stands at its end.
          side="right"
          align="start"
          collisionAvoidance={{ side: "flip", align: "shift", fallbackAxisSide: "none" }}
          sideOffset={2}
          collisionPadding={8}
        >
          <Base.Popup
            className={menuStyles.popup}
            aria-label={id === null ? t("map.menu.mapLabel") : t("map.menu.label")}
            finalFocus={false}
          >
            {id === null ? map : <NodeItems id={id} hands={hands} {...extras} />}
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
  id: NodeId;
  hands: Hands;
}

/** Once the menu has closed: an editor that opened before would lose the focus to it again. */
const later = (act: () => void) => () => void setTimeout(act);

interface ToolItemProps {
  tool: MenuTool;
  onSelect: () => void;
  reason?: string | null;
  danger?: boolean;
}

function ToolItem({ tool, ...rest }: ToolItemProps) {
  const { t } = useTranslation();
  const { icon, words } = MENU_TOOLS[tool];
  return (
    <MenuItem icon={icon} keys={keyOf(tool)} {...rest}>
      {t(words)}
    </MenuItem>
  );
}

function CommandItem({ tool, hands, id }: ItemsProps & { tool: MenuTool & Command }) {
  return (
    <ToolItem
      tool={tool}
      onSelect={later(() => hands.run(tool))}
      reason={hands.gate.reason(tool, { ids: [id] })}
      danger={tool === "remove" || tool === "removeKeeping"}
    />
  );
}

/** From what adds to what takes away. */
function NodeItems({ id, hands, lead, onRedact, onImport }: ItemsProps & MenuExtras) {
  const { t } = useTranslation();
  const { canEdit, model, gate } = hands;
  const foldable = id !== ROOT && (model.node(id)?.children.length ?? 0) > 0;
  const mayRemove = canEdit && id !== ROOT;
  return (
    <>
      {canEdit && <EditItems id={id} hands={hands} />}
      <CommandItem tool="note" {...{ id, hands }} />
      {foldable && (
        <ToolItem
          tool={hands.isFolded(id) ? "unfold" : "fold"}
          onSelect={later(() => hands.run("fold"))}
        />
      )}
      <MenuSeparator />
      <ClipboardItems id={id} hands={hands} />
      {mayRemove && hands.moveTo && (
        <ToolItem
          tool="move"
          onSelect={hands.moveTo}
          reason={gate.reason("moveUp", { ids: [id] })}
        />
      )}
      {onImport && (
        <MenuItem
          icon={FileInput}
          onSelect={later(() => onImport(id))}
          reason={gate.reason("addChild", { ids: [id] })}
        >
          {t("mapImport.under")}
        </MenuItem>
      )}
      <VoteItems id={id} hands={hands} />
      {lead && <LeadItems id={id} hands={hands} lead={lead} />}
      {(mayRemove || onRedact) && <MenuSeparator />}
      {onRedact && (
        <MenuItem icon={Eraser} danger onSelect={later(() => onRedact(id))}>
          {t("map.redact.menu")}
        </MenuItem>
      )}
      {mayRemove && foldable && <CommandItem tool="removeKeeping" {...{ id, hands }} />}
      {mayRemove && <CommandItem tool="remove" {...{ id, hands }} />}
    </>
  );
}

function EditItems({ id, hands }: ItemsProps) {
  const tools = [
    "edit",
    "addChild",
    "addAfter",
    "addParent",
    "links",
    "makeGap",
    "relate",
  ] as const;
  const besideRoot = (tool: string) => tool !== "addAfter" && tool !== "addParent";
  return (
    <>
      {tools
        .filter((tool) => id !== ROOT || besideRoot(tool))
        .map((tool) => (
          <CommandItem key={tool} {...{ tool, id, hands }} />
        ))}
      {hands.gate.reason("edit", { ids: [id] }) === null && (
        <>
          <KindItem kind={hands.model.node(id)?.kind ?? null} hands={hands} />
          <ColourRow hands={hands} />
        </>
      )}
      <MenuSeparator />
    </>
  );
}

function KindItem({ kind, hands }: { kind: Kind | null; hands: Hands }) {
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
        onChange={(value) => setKind(hands, value === "" ? null : value)}
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

function ClipboardItems({ id, hands }: ItemsProps) {
  const { t } = useTranslation();
  const write = (carried: Carried | null) =>
    carried && void navigator.clipboard.writeText(carried.text);
  const onPaste = () =>
    readClipboard(navigator.clipboard).then(
      (carried) => paste(hands, carried),
      () =>
        toast({ title: t("map.paste.refused"), text: t("map.paste.refusedText"), tone: "note" }),
    );
  // Pages without a secure connection have no clipboard; the keys work there all the same.
  if (!navigator.clipboard) return null;
  return (
    <>
      <ToolItem tool="copy" onSelect={() => write(copy(hands))} />
      {hands.canEdit && id !== ROOT && <ToolItem tool="cut" onSelect={() => write(cut(hands))} />}
      {hands.canEdit && <ToolItem tool="paste" onSelect={() => void onPaste()} />}
      <MenuSeparator />
    </>
  );
}

/** For the map itself, where nothing was pointed at. */
export function MapItems({ controller, canEdit }: { controller: MapController; canEdit: boolean }) {
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
