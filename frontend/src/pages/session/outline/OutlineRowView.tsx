import { ChevronRight, type LucideIcon, MessageSquare, Waypoints } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/components/Avatar";
import { classes } from "~/components/classes";
import { KIND_ICONS } from "~/components/kindIcons";
import type { MapNode } from "~/map/model";
import type { Colour, NodeId } from "~/map/schema";
import { ChipView } from "~/pages/session/link/ChipView";
import type { Chip } from "~/pages/session/link/chips";
import { NOTE_ICON } from "~/pages/session/tools";
import styles from "./Outline.module.css";
import { OutlineEditor } from "./OutlineEditor";
import type { OutlineRow } from "./rows";
import type { RowHandlers } from "./useRowHandlers";

interface OutlineRowViewProps extends OutlineRow {
  index: number;
  node: MapNode;
  colour: Colour | null;
  active: boolean;
  /** Whether it is selected, alone or with others. */
  selected: boolean;
  editing: boolean;
  /** How many comments are still open. */
  comments: number;
  /** Where the row's arrows lead and come from, in words, one a line: it is compared. */
  relations: string;
  /** What the session says of the row: a lock, votes. */
  about: string;
  /** What it is linked to: the same object until it changes. */
  chip: Chip | null;
  /** The others who are at this row, as "id name", one a line: it is compared. */
  peers: string;
  handlers: RowHandlers;
}

/** The element of a row, for focus and for tests. */
export const rowElementId = (id: NodeId): string => `outline-${id}`;

/** One row: where it stands, what it is, what it says. */
export const OutlineRowView = memo(function OutlineRowView(props: OutlineRowViewProps) {
  const { id, level, position, siblings, expanded, index, colour, handlers } = props;
  const { active, selected, editing } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself listens to the keys, for all rows.
    <div
      id={rowElementId(id)}
      ref={handlers.measure}
      data-index={index}
      role="treeitem"
      tabIndex={active && !editing ? 0 : -1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={expanded ?? undefined}
      aria-selected={selected}
      className={classes(
        styles.row,
        selected && styles.selected,
        active && styles.active,
        level === 1 && styles.top,
      )}
      data-colour={colour ?? undefined}
      style={{ "--level": level - 1 } as React.CSSProperties}
      onClick={() => handlers.press(id)}
      onDoubleClick={() => handlers.edit(id)}
      onContextMenu={(event) => {
        if (handlers.menu(id, { x: event.clientX, y: event.clientY })) event.preventDefault();
      }}
    >
      <span className={styles.guides} aria-hidden="true" />
      <Twisty id={id} expanded={expanded} onToggle={handlers.toggle} />
      <span className={styles.strip} aria-hidden="true" />
      {editing ? (
        <OutlineEditor
          id={id}
          room={handlers.room}
          end={handlers.end}
          onTab={handlers.tab}
          onLink={handlers.link}
          onStep={handlers.step}
        />
      ) : (
        <RowText {...props} />
      )}
    </div>
  );
});

function Twisty({
  id,
  expanded,
  onToggle,
}: {
  id: NodeId;
  expanded: boolean | null;
  onToggle: (id: NodeId) => void;
}) {
  if (expanded === null) return <span className={styles.twisty} />;
  return (
    // For fingers and mice; the keyboard folds by its own keys, and the row says whether it is open.
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className={styles.twisty}
      data-open={expanded}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(id);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <ChevronRight />
    </button>
  );
}

function RowText({ node, comments, relations, about, peers, expanded, chip }: OutlineRowViewProps) {
  const { t } = useTranslation();
  const Kind = node.kind && KIND_ICONS[node.kind];
  return (
    <>
      {Kind && <Kind aria-hidden="true" className={styles.kind} />}
      <span className={styles.text} dir="auto">
        {node.kind && <span className="visually-hidden">{t(`map.kind.${node.kind}`)}: </span>}
        {node.text === "" ? <span className={styles.empty}>{t("map.node.empty")}</span> : node.text}
      </span>
      <span className={classes(styles.marks, chip !== null && styles.withChip)}>
        {chip && <ChipView chip={chip} />}
        {about !== "" && (
          <span className={styles.about}>
            <span className="visually-hidden">, </span>
            {about}
          </span>
        )}
        {node.hasNote && <Mark icon={NOTE_ICON} words={t("map.node.note")} />}
        {relations !== "" && (
          <Mark
            icon={Waypoints}
            count={relations.split("\n").length}
            words={relations.replaceAll("\n", ", ")}
          />
        )}
        {comments > 0 && (
          <Mark
            icon={MessageSquare}
            count={comments}
            words={t("outline.comments", { count: comments })}
          />
        )}
        {expanded === false && <span className={styles.count}>{node.children.length}</span>}
        {peers !== "" && peers.split("\n").map((peer) => <PeerAvatar key={peer} peer={peer} />)}
      </span>
    </>
  );
}

function PeerAvatar({ peer }: { peer: string }) {
  const space = peer.indexOf(" ");
  return <Avatar id={peer.slice(0, space)} name={peer.slice(space + 1)} size="s" />;
}

function Mark({ icon: Icon, count, words }: { icon: LucideIcon; count?: number; words: string }) {
  return (
    <span className={styles.mark} title={words}>
      <Icon aria-hidden="true" />
      {count !== undefined && <span aria-hidden="true">{count}</span>}
      <span className="visually-hidden">, {words}</span>
    </span>
  );
}
