import { FileInput, Trash2, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { formatDateTime } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { KIND_ICONS } from "~/components/kindIcons";
import { type Option, Select } from "~/components/Select";
import { useModelVersion } from "~/hooks/useModelVersion";
import { remove, restore, setColour, setKind } from "~/map/commands";
import type { MapNode } from "~/map/model";
import { KINDS, type Kind, type NodeId, noteOf, ROOT, textOf } from "~/map/schema";
import { OPEN_GATE } from "./actions/context";
import type { Linking } from "./link/useLinking";
import styles from "./NodePanel.module.css";
import { offerBack } from "./offerBack";
import { neighbourOf } from "./outline/rows";
import { ColourField } from "./panel/ColourField";
import { Comments } from "./panel/Comments";
import { NodeHistory } from "./panel/NodeHistory";
import { NodeLinks } from "./panel/NodeLinks";
import { NodeRelations } from "./panel/NodeRelations";
import { type NameOf, useNames } from "./panel/useNames";
import type { PanelProps } from "./panelProps";
import { SharedText } from "./text/SharedText";

interface NodePanelProps extends PanelProps {
  onClose?: () => void;
  /** Gives the keyboard back to the map; without it, nothing has it then. */
  onLeave?: () => void;
  /** The part that was asked for; it takes the focus. */
  focusOn?: "text" | "note" | null;
  /** The votes for the node, while there are any. */
  votes?: ReactNode;
  /** Begins an arrow at a node. */
  onRelate?: (from: NodeId) => void;
  /** Asks for a file that comes in under a node. */
  onImport?: (under: NodeId) => void;
  /** The map's id and the own role in it; without it, nothing is asked of the server. */
  map?: { id: string; role: string };
  /** Linking to gaps and solutions; without it, nothing is said of links. */
  linking?: Linking;
  /** Names of participants that are not here now, where the page knows them. */
  nameOf?: (id: string) => string | undefined;
}

/** Everything about the selected node. */
export function NodePanel(props: NodePanelProps) {
  const { room, selected, author, onClose, nameOf: known } = props;
  const { t } = useTranslation();
  const id = useId();
  useModelVersion(room.model);
  const nameOf = useNames(room, author, known);
  const node = selected === null ? undefined : room.model.node(selected);
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>{t("outline.panel.title")}</h2>
        {onClose && (
          <IconButton icon={X} label={t("outline.panel.close")} size="s" onClick={onClose} />
        )}
      </header>
      {node ? (
        <NodeDetails key={node.id} {...props} {...{ node, nameOf, known }} />
      ) : (
        <p className={styles.none}>{t("outline.panel.nothing")}</p>
      )}
    </section>
  );
}

interface NodeDetailsProps extends Omit<NodePanelProps, "nameOf"> {
  node: MapNode;
  nameOf: NameOf;
  known: ((id: string) => string | undefined) | undefined;
}

function NodeDetails(props: NodeDetailsProps) {
  const { room, author, node, nameOf, focusOn, onSelect, onRelate, onImport, map } = props;
  const { gate = OPEN_GATE } = props;
  const ids = [node.id];
  const why = props.canEdit ? gate.reason("edit", { ids }) : null;
  const canEdit = props.canEdit && why === null;
  const mayAdd = props.canEdit && gate.reason("comment", { ids }) === null;
  const mayAddUnder = props.canEdit && gate.reason("addChild", { ids }) === null;
  const mayRemove = props.canEdit && gate.reason("remove", { ids }) === null;
  const { t } = useTranslation();
  const { doc, model } = room;
  const text = textOf(doc, node.id);
  const note = noteOf(doc, node.id);
  const shared = { node: node.id, room, readOnly: !canEdit };
  return (
    <div className={styles.body}>
      {why !== null && <p className={styles.why}>{why}</p>}
      {props.votes}
      {text && (
        <Part label={t("outline.panel.text")}>
          <SharedText
            {...shared}
            text={text}
            field="text"
            label={t("outline.panel.text")}
            autoFocus={focusOn === "text"}
            onCommit={props.onLeave ?? letGo}
          />
        </Part>
      )}
      <div className={styles.pair}>
        <KindSelect
          kind={node.kind}
          disabled={!canEdit}
          onChange={(kind) => setKind(doc, [node.id], kind)}
        />
        <ColourField
          value={node.colour}
          shown={model.colourOf(node.id)}
          isTopic={node.id === ROOT}
          disabled={!canEdit}
          onChange={(colour) => setColour(doc, [node.id], colour)}
        />
      </div>
      {note && (
        <Part label={t("outline.panel.note")}>
          <SharedText
            {...shared}
            text={note}
            field="note"
            multiline
            label={t("outline.panel.note")}
            placeholder={canEdit ? t("outline.panel.notePlaceholder") : t("outline.panel.noNote")}
            autoFocus={focusOn === "note"}
          />
        </Part>
      )}
      {props.linking && (
        <NodeLinks {...{ node, nameOf }} linking={props.linking} canEdit={props.canEdit} />
      )}
      <NodeRelations {...{ room, author, onSelect, onRelate }} canEdit={mayAdd} node={node.id} />
      <Comments
        {...{ room, author, nameOf }}
        ownName={props.known?.(author.id)}
        canEdit={mayAdd}
        node={node.id}
        mayChange={gate.mayChangeComment}
      />
      <footer className={styles.footer}>
        {map && <NodeHistory map={map.id} node={node} nameOf={nameOf} />}
        {!map && node.made && (
          <p className={styles.made}>
            {t("outline.panel.made", {
              name: nameOf(node.made.by),
              when: formatDateTime(node.made.at),
            })}
          </p>
        )}
        {mayAddUnder && onImport && (
          <Button icon={FileInput} variant="quiet" size="s" onClick={() => onImport(node.id)}>
            {t("mapImport.under")}
          </Button>
        )}
        {mayRemove && node.id !== ROOT && (
          <DeleteButton {...{ room, author, node, onSelect }} onDone={props.onLeave} />
        )}
      </footer>
    </div>
  );
}

function letGo(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** A label that a click on focuses the field in it. The field carries the same words as its name. */
function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the shared text holds the control.
    <label>
      <span className={styles.label}>{label}</span>
      <span className={styles.frame}>{children}</span>
    </label>
  );
}

function kindOption(value: Kind, label: string): Option<Kind> {
  const Icon = KIND_ICONS[value];
  return { value, label, mark: <Icon aria-hidden="true" className={styles.kind} /> };
}

function KindSelect(props: {
  kind: Kind | null;
  disabled: boolean;
  onChange: (kind: Kind | null) => void;
}) {
  const { t } = useTranslation();
  const options: Option<Kind | "none">[] = [
    { value: "none", label: t("map.menu.noKind") },
    ...KINDS.map((value) => kindOption(value, t(`map.kind.${value}`))),
  ];
  return (
    <Select
      label={t("map.menu.kind")}
      value={props.kind ?? "none"}
      options={options}
      disabled={props.disabled}
      onChange={(value) => props.onChange(value === "none" ? null : value)}
    />
  );
}

type DeleteButtonProps = Pick<PanelProps, "room" | "author" | "onSelect"> & {
  node: MapNode;
  onDone?: (() => void) | undefined;
};

function DeleteButton({ room, author, onSelect, node, onDone }: DeleteButtonProps) {
  const { t } = useTranslation();
  const run = () => {
    const size = [...room.model.walk(node.id)].length;
    const next = neighbourOf(room.model, node.id);
    remove(room.doc, author, [node.id]);
    onSelect(next);
    onDone?.();
    offerBack(room, [node.id], size, () => restore(room.doc, node.id));
  };
  return (
    <Button icon={Trash2} variant="quiet" size="s" onClick={run}>
      {t("outline.panel.remove")}
    </Button>
  );
}
