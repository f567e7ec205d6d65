import { Check, Link2, MapPin, X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { BoardRow } from "~/api/types";
import { IconButton } from "~/components/IconButton";
import { KIND_ICONS } from "~/components/kindIcons";
import { readKind } from "~/map/schema";
import { keyLabel } from "~/pages/session/keys/label";
import { ChipView } from "~/pages/session/link/ChipView";
import { type Chip, cardText, kindOf } from "~/pages/session/link/chips";
import { useChipWords } from "~/pages/session/link/useChips";
import styles from "./Board.module.css";
import { type BoardActions, type BoardKeys, useBoardKeys } from "./useBoardKeys";

interface BoardProps extends BoardActions {
  rows: readonly BoardRow[];
  /** Several maps are listed: each row says which it is from. */
  namesMaps?: boolean;
}

// The layout makes boxes of the rows, and in some browsers that takes a table's roles away.
const ROLES = {
  grid: { role: "grid" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  cell: { role: "gridcell" },
} as const;

/** Ideas with what they are linked to: gone through with the keyboard, one after the other. */
export function Board({ rows, namesMaps = false, ...actions }: BoardProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLTableElement>(null);
  const keys = useBoardKeys(rows, actions, grid);
  return (
    <>
      <KeyHints decides={actions.decide !== null} />
      <table
        ref={grid}
        {...ROLES.grid}
        aria-label={t("link.board.label")}
        aria-rowcount={rows.length}
        className={styles.grid}
        data-voted={rows.some(({ votes }) => votes > 0) || undefined}
        onKeyDown={keys.keyDown}
      >
        <tbody {...ROLES.group}>
          {rows.map((row, n) => (
            <BoardLine key={`${row.map} ${row.node}`} {...{ row, n, keys, actions, namesMaps }} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function KeyHints({ decides }: { decides: boolean }) {
  const { t } = useTranslation();
  const keys = [
    ["J K", "walk"],
    ["Enter", "link"],
    ...(decides
      ? ([
          ["← →", "links"],
          ["C", "confirm"],
          ["R", "reject"],
        ] as const)
      : []),
  ] as const;
  return (
    <p className={styles.keys} aria-hidden="true">
      {keys.map(([key, words]) => (
        <span key={key}>
          <kbd>{keyLabel(key)}</kbd> {t(`link.board.keys.${words}`)}
        </span>
      ))}
    </p>
  );
}

interface BoardLineProps {
  row: BoardRow;
  n: number;
  keys: BoardKeys;
  actions: BoardActions;
  namesMaps: boolean;
}

function BoardLine({ row, n, keys, actions, namesMaps }: BoardLineProps) {
  const { t } = useTranslation();
  const kind = readKind(row.kind);
  const Kind = kind && KIND_ICONS[kind];
  const isActive = n === keys.at;
  const tab = isActive ? 0 : -1;
  const text = row.text || t("map.node.empty");
  const path = [...(namesMaps ? [row.map_title] : []), ...row.path.slice(1)];
  return (
    <tr
      {...ROLES.row}
      aria-rowindex={n + 1}
      tabIndex={tab}
      data-line={n}
      className={styles.row}
      onFocus={() => keys.choose(n)}
    >
      <td {...ROLES.cell} className={styles.votes}>
        {row.votes > 0 && (
          <>
            <span aria-hidden="true">{row.votes}</span>
            <span className="visually-hidden">{t("link.board.votes", { count: row.votes })}</span>
          </>
        )}
      </td>
      <td {...ROLES.cell} className={styles.idea}>
        <p className={styles.text} dir="auto">
          {Kind && <Kind aria-hidden="true" className={styles.kind} />}
          {kind && <span className="visually-hidden">{t(`map.kind.${kind}`)}: </span>}
          {text}
        </p>
        {path.length > 0 && (
          <p className={styles.path} dir="auto">
            {path.join(" › ")}
          </p>
        )}
      </td>
      <td {...ROLES.cell} className={styles.links}>
        {row.links.length === 0 && <span className={styles.none}>{t("link.board.notLinked")}</span>}
        {row.links.map((link, at) => (
          <BoardLink
            key={link.target}
            {...{ row, link, actions, tab }}
            isChosen={isActive && row.links.length > 1 && at === keys.link}
          />
        ))}
      </td>
      <td {...ROLES.cell} className={styles.actions}>
        <IconButton
          icon={Link2}
          size="s"
          tabIndex={tab}
          label={t("link.board.link", { text })}
          onClick={() => actions.onLink(row)}
        />
        <IconButton
          icon={MapPin}
          size="s"
          tabIndex={tab}
          label={t("link.board.openInMap")}
          onClick={() => actions.onShow(row)}
        />
      </td>
    </tr>
  );
}

interface BoardLinkProps {
  row: BoardRow;
  link: BoardRow["links"][number];
  actions: BoardActions;
  tab: number;
  isChosen: boolean;
}

function BoardLink({ row, link, actions, tab, isChosen }: BoardLinkProps) {
  const { t } = useTranslation();
  const words = useChipWords();
  const { card, target, state } = link;
  const text = card ? cardText(card, words) : t(`link.chip.${kindOf(target)}`);
  const parts = [text, card?.title, t(`link.state.${state}`)];
  const chip: Chip = {
    ...{ kind: kindOf(target), standing: state, text },
    label: parts.filter(Boolean).join(", "),
  };
  const handle = card?.handle ?? text;
  const { decide } = actions;
  return (
    <span className={styles.link} data-chosen={isChosen || undefined}>
      <ChipView chip={chip} />
      {decide && state !== "confirmed" && (
        <IconButton
          icon={Check}
          size="s"
          tabIndex={tab}
          label={t("link.board.confirmLink", { handle })}
          onClick={() => decide(row, target, "confirmed")}
        />
      )}
      {decide && state !== "rejected" && (
        <IconButton
          icon={X}
          size="s"
          tabIndex={tab}
          label={t("link.board.rejectLink", { handle })}
          onClick={() => decide(row, target, "rejected")}
        />
      )}
    </span>
  );
}
