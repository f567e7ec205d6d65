import { ArrowLeft, ArrowRight, Waypoints, X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { IconButton } from "~/components/IconButton";
import { removeRelation, setRelation } from "~/map/commands";
import type { Relation } from "~/map/model";
import { LABEL_LIMIT, type NodeId } from "~/map/schema";
import type { PanelProps } from "~/pages/session/panelProps";
import styles from "./NodeRelations.module.css";

interface NodeRelationsProps extends Pick<PanelProps, "room" | "author" | "canEdit" | "onSelect"> {
  node: NodeId;
  /** Whether arrows of this participant's may be labelled and taken away. */
  mayChange: (by: string) => boolean;
  /** Begins a new one. */
  onRelate?: ((from: NodeId) => void) | undefined;
}

/** The arrows that begin or end at a node: where they lead, what they say, and the way to take them back. */
export function NodeRelations({ node, onRelate, ...props }: NodeRelationsProps) {
  const { t } = useTranslation();
  const id = useId();
  const relations = props.room.model.relationsAt(node);
  const mayAdd = props.canEdit && onRelate !== undefined;
  if (relations.length === 0 && !mayAdd) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.heading}>
        {t("outline.panel.relations")}
      </h3>
      {relations.length > 0 && (
        <ul className={styles.list}>
          {relations.map((relation) => (
            <RelationItem key={relation.id} {...props} node={node} relation={relation} />
          ))}
        </ul>
      )}
      {mayAdd && (
        <Button icon={Waypoints} size="s" onClick={() => onRelate(node)}>
          {t("map.menu.relate")}
        </Button>
      )}
    </section>
  );
}

interface RelationItemProps extends Omit<NodeRelationsProps, "onRelate" | "canEdit"> {
  relation: Relation;
}

function RelationItem({ room, author, mayChange, onSelect, node, relation }: RelationItemProps) {
  const canEdit = mayChange(relation.by);
  const { t } = useTranslation();
  const [written, setWritten] = useState<string | null>(null);
  const { from, to } = relation;
  const isOutgoing = from === node;
  const other = isOutgoing ? to : from;
  const text = room.model.node(other)?.text || t("map.node.empty");
  const Icon = isOutgoing ? ArrowRight : ArrowLeft;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") event.currentTarget.blur();
  };
  return (
    <li className={styles.relation}>
      <Icon
        role="img"
        aria-label={t(isOutgoing ? "outline.panel.relationTo" : "outline.panel.relationFrom")}
        className={styles.icon}
      />
      <button type="button" className={styles.other} dir="auto" onClick={() => onSelect(other)}>
        {text}
      </button>
      {canEdit && (
        <IconButton
          icon={X}
          size="s"
          label={t("outline.panel.removeRelation", { text })}
          onClick={() => removeRelation(room.doc, relation.id)}
        />
      )}
      {canEdit ? (
        <input
          className={styles.label}
          dir="auto"
          // Another's label takes the place of what is shown, and not of what is being written.
          value={written ?? relation.label}
          onChange={({ target }) => setWritten(target.value)}
          maxLength={LABEL_LIMIT}
          aria-label={t("outline.panel.relationLabel", { text })}
          placeholder={t("outline.panel.relationPlaceholder")}
          onKeyDown={onKeyDown}
          onBlur={() => {
            if (written !== null) setRelation(room.doc, author, from, to, written.trim());
            setWritten(null);
          }}
        />
      ) : (
        relation.label !== "" && (
          <span className={styles.said} dir="auto">
            {relation.label}
          </span>
        )
      )}
    </li>
  );
}
