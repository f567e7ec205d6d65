import { FileInput, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { formatDateTime } from "~/components/format";
import { useModelVersion } from "~/hooks/useModelVersion";
import type { Step } from "~/map/commands";
import { remove, setColour, setKind } from "~/map/commands";
import type { MapNode } from "~/map/model";
import { type NodeId, noteOf, ROOT, textOf } from "~/map/schema";
import { goStep, wayBackFrom } from "./actions/back";
import type { Linking } from "./link/useLinking";
import styles from "./NodePanel.module.css";
import { offerBack } from "./offerBack";
import { neighbourOf } from "./outline/rows";
import { ColourField } from "./panel/ColourField";
import { Comments } from "./panel/Comments";
import { KindSelect } from "./panel/KindSelect";
import { NodeHistory } from "./panel/NodeHistory";
import { NodeLinks } from "./panel/NodeLinks";
import { NodeRelations } from "./panel/NodeRelations";
import { PanelFrame } from "./panel/PanelFrame";
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
  useModelVersion(room.model);
  const nameOf = useNames(room, author, known);
  const node = selected === null ? undefined : room.model.node(selected);
  return (
    <PanelFrame title={t("outline.panel.title")} onClose={onClose}>
      {node ? (
        <NodeDetails key={node.id} {...props} {...{ node, nameOf, known }} />
      ) : (
        <p className={styles.none}>{t("outline.panel.nothing")}</p>
      )}
    </PanelFrame>
  );
}

interface NodeDetailsProps extends Omit<NodePanelProps, "nameOf"> {
  node: MapNode;
  nameOf: NameOf;
  known: ((id: string) => string | undefined) | undefined;
}

function NodeDetails(props: NodeDetailsProps) {
  const { room, author, node, nameOf, focusOn, onSelect, onRelate, onImport, map, gate } = props;
  const ids = [node.id];
  const why = props.canEdit ? gate.reason("edit", { ids }) : null;
  const canEdit = props.canEdit && why === null;
  const mayAdd = props.canEdit && gate.reason("comment", { ids }) === null;
  const mayAddUnder = props.canEdit && gate.reason("addChild", { ids }) === null;
  const mayRemove = props.canEdit && gate.reason("remove", { ids }) === null;
  const { t } = useTranslation();
  const text = textOf(room.doc, node.id);
  const note = noteOf(room.doc, node.id);
  const onStep = (what: Step) => goStep(room.undo, gate, what);
  const shared = { node: node.id, room, readOnly: !canEdit, onStep };
  return (
    <div className={styles.body}>
      {why !== null && <p className={styles.why}>{why}</p>}
      {props.votes}
      {text && (
        <Part label={t("outline.panel.text")} readOnly={!canEdit}>
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
      <Look {...{ room, node, canEdit }} />
      {note && (
        <Part label={t("outline.panel.note")} readOnly={!canEdit}>
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
      <NodeRelations
        {...{ room, author, onSelect, onRelate }}
        canEdit={mayAdd}
        mayChange={(by) => props.canEdit && gate.mayChangeArrow(by)}
        node={node.id}
      />
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
          <DeleteButton {...{ room, author, node, onSelect, gate }} onDone={props.onLeave} />
        )}
      </footer>
    </div>
  );
}

/** What a node is about, and its colour. */
function Look({ room, node, canEdit }: Pick<NodeDetailsProps, "room" | "node" | "canEdit">) {
  const { doc, model } = room;
  return (
    <div className={styles.pair}>
      <KindSelect
        value={node.kind}
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
  );
}

function letGo(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

interface PartProps {
  label: string;
  /** It is to be read only, and looks so. */
  readOnly: boolean;
  children: ReactNode;
}

/** A label that a click on focuses the field in it. The field carries the same words as its name. */
function Part({ label, readOnly, children }: PartProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the shared text holds the control.
    <label>
      <span className={styles.label}>{label}</span>
      <span className={styles.frame} data-read-only={readOnly || undefined}>
        {children}
      </span>
    </label>
  );
}

type DeleteButtonProps = Pick<PanelProps, "room" | "author" | "onSelect" | "gate"> & {
  node: MapNode;
  onDone?: (() => void) | undefined;
};

function DeleteButton({ room, author, onSelect, gate, node, onDone }: DeleteButtonProps) {
  const { t } = useTranslation();
  const run = () => {
    const size = [...room.model.walk(node.id)].length;
    const next = neighbourOf(room.model, node.id);
    remove(room.doc, author, [node.id]);
    onSelect(next);
    onDone?.();
    offerBack(room, [node.id], size, wayBackFrom(room, gate, [node.id]));
  };
  return (
    <Button icon={Trash2} variant="quiet" size="s" onClick={run}>
      {t("outline.panel.remove")}
    </Button>
  );
}
