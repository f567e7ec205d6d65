import { RotateCcw, Trash2, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { DOT, formatRelative } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { useModelVersion } from "~/hooks/useModelVersion";
import type { TrashEntry } from "~/map/model";
import { bringBack } from "./actions/back";
import styles from "./NodePanel.module.css";
import { useNames } from "./panel/useNames";
import type { PanelProps } from "./panelProps";
import trash from "./TrashPanel.module.css";

interface TrashPanelProps extends PanelProps {
  onClose?: () => void;
  /** Names of participants that are not here now, where the page knows them. */
  nameOf?: (id: string) => string | undefined;
}

/** The deleted branches: who deleted them and when, and the way back. */
export function TrashPanel({
  room,
  author,
  canEdit,
  gate,
  onSelect,
  onClose,
  nameOf: known,
}: TrashPanelProps) {
  const { t } = useTranslation();
  const id = useId();
  useModelVersion(room.model);
  const nameOf = useNames(room, author, known);
  const entries = room.model.trash();
  const onRestore = (entry: TrashEntry) => {
    if (bringBack(room.doc, gate, [entry.id])) onSelect(entry.id);
  };
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>{t("outline.trash.title")}</h2>
        {onClose && (
          <IconButton icon={X} label={t("outline.trash.close")} size="s" onClick={onClose} />
        )}
      </header>
      <div className={styles.body}>
        {entries.length === 0 ? (
          <EmptyState
            plain
            icon={Trash2}
            title={t("outline.trash.empty")}
            text={t("outline.trash.emptyText")}
          />
        ) : (
          <ul className={trash.list}>
            {entries.map((entry) => (
              <TrashItem
                key={entry.id}
                entry={entry}
                name={nameOf(entry.deleted.by)}
                {...(canEdit && { onRestore: () => onRestore(entry) })}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

interface TrashItemProps {
  entry: TrashEntry;
  name: string;
  onRestore?: () => void;
}

function TrashItem({ entry, name, onRestore }: TrashItemProps) {
  const { t } = useTranslation();
  const text = entry.text === "" ? t("map.node.empty") : entry.text;
  return (
    <li className={trash.item}>
      <div className={trash.words}>
        <p className={trash.text} dir="auto">
          {text}
        </p>
        <p className={trash.meta}>
          {t("outline.trash.deleted", { name, when: formatRelative(entry.deleted.at) })}
          {entry.size > 1 && `${DOT}${t("outline.trash.size", { count: entry.size })}`}
        </p>
      </div>
      {onRestore && (
        <Button
          icon={RotateCcw}
          size="s"
          onClick={onRestore}
          aria-label={t("outline.trash.restoreNamed", { text })}
        >
          {t("outline.trash.restore")}
        </Button>
      )}
    </li>
  );
}
