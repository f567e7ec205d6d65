import { ArrowDown, ArrowUp, ChevronDown, GripVertical, Trash2 } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "~/components/classes";
import { DOT } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import styles from "~/pages/sessions/agenda/Agenda.module.css";
import { problemOf, type RoundForm } from "~/pages/sessions/agenda/draft";
import { RoundFields } from "~/pages/sessions/agenda/RoundFields";
import type { RoundList } from "~/pages/sessions/agenda/useRounds";

interface RoundItemProps {
  round: RoundForm;
  /** Its place, from 0. */
  n: number;
  list: RoundList;
  /** Whether saving was tried, so that what is missing is marked. */
  tried: boolean;
}

/** One round in the editor: a line that can be moved, and its fields once it is opened. */
export function RoundItem({ round, n, list, tried }: RoundItemProps) {
  const { t } = useTranslation();
  const item = useRef<HTMLLIElement>(null);
  const isOpen = list.opened === round.key;
  const problem = tried ? problemOf(round) : null;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!event.altKey || by === 0) return;
    event.preventDefault();
    list.move(n, n + by);
  };
  return (
    <li
      ref={item}
      className={classes(styles.item, problem !== null && styles.wrong)}
      onKeyDown={onKeyDown}
      onDragOver={(event) => list.dragged.current !== null && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (list.dragged.current !== null) list.move(list.dragged.current, n);
      }}
    >
      <div className={styles.line}>
        <Grip n={n} list={list} item={item} />
        <button
          type="button"
          className={styles.head}
          aria-expanded={isOpen}
          onClick={() => list.open(isOpen ? null : round.key)}
        >
          <span className="visually-hidden">{t("agenda.round", { n: n + 1 })}: </span>
          <span aria-hidden="true" className={styles.n}>
            {n + 1}
          </span>
          <span className={styles.words} dir="auto">
            {round.title || t("agenda.unnamed")}
          </span>
          <span className={styles.meta}>
            {t(`run.method.${round.method}`)}
            {round.minutes !== "" && `${DOT}${t("run.minutes", { count: Number(round.minutes) })}`}
          </span>
          <ChevronDown aria-hidden="true" className={styles.caret} />
        </button>
        <IconButton
          icon={ArrowUp}
          size="s"
          label={t("agenda.up", { n: n + 1 })}
          disabled={n === 0}
          onClick={() => list.move(n, n - 1)}
        />
        <IconButton
          icon={ArrowDown}
          size="s"
          label={t("agenda.down", { n: n + 1 })}
          disabled={n === list.rounds.length - 1}
          onClick={() => list.move(n, n + 1)}
        />
        <IconButton
          icon={Trash2}
          size="s"
          label={round.begun ? t("agenda.removeBegun") : t("agenda.remove", { n: n + 1 })}
          disabled={round.begun}
          onClick={() => list.remove(round.key)}
        />
      </div>
      {isOpen && (
        <RoundFields
          round={round}
          problem={problem}
          onChange={(part) => list.set(round.key, part)}
        />
      )}
    </li>
  );
}

interface GripProps {
  n: number;
  list: RoundList;
  item: React.RefObject<HTMLLIElement | null>;
}

/** For the mouse; keys and fingers have the arrows. */
function Grip({ n, list, item }: GripProps) {
  const { t } = useTranslation();
  const { dragged } = list;
  const start = (event: DragEvent) => {
    dragged.current = n;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", String(n + 1));
    if (item.current) event.dataTransfer.setDragImage(item.current, 12, 12);
  };
  return (
    <span
      className={styles.grip}
      draggable
      aria-hidden="true"
      title={t("agenda.drag")}
      onDragStart={start}
      onDragEnd={() => {
        dragged.current = null;
      }}
    >
      <GripVertical />
    </span>
  );
}
