import type { ComponentProps, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type * as Y from "yjs";
import { toast } from "~/components/Toast";
import { useUndo } from "~/hooks/useUndo";
import { ROOT } from "~/map/schema";
import type { Hands } from "~/pages/session/actions/hands";
import type { Command } from "~/pages/session/keys/table";
import type { Point } from "~/pages/session/render/camera";
import styles from "~/pages/session/ToolBar.module.css";
import { BAR_TOOLS, type BarTool } from "~/pages/session/tools";

interface EditBarProps {
  hands: Hands;
  undo: Y.UndoManager;
  run: (command: Command) => void;
  /** The tool that moves: each view has its own way. */
  move: ReactNode;
  /** Opens the menu of the active node over a point of the page. */
  onMore: (point: Point) => void;
}

/** Under the map and the outline where there is no keyboard: what a thumb needs; the rest is in the menu. */
export function EditBar({ hands, undo, run, move, onMore }: EditBarProps) {
  const { t } = useTranslation();
  const { canUndo, canRedo } = useUndo(undo);
  const { active, gate } = hands;
  const tool = (name: BarTool & Command, isOff = false) => (
    <ToolButton
      tool={name}
      onPress={() => run(name)}
      disabled={isOff}
      reason={gate.reason(name, { ids: [active] })}
    />
  );
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("map.touch.label")}>
      {tool("addChild")}
      {tool("addAfter", active === ROOT)}
      {tool("edit")}
      {tool("links")}
      {move}
      {tool("remove", active === ROOT)}
      {tool("undo", !canUndo)}
      {tool("redo", !canRedo)}
      <ToolButton
        tool="more"
        aria-haspopup="menu"
        onPress={({ right, top }) => onMore({ x: right, y: top })}
      />
    </div>
  );
}

interface VoteBarProps {
  onVote: (by: 1 | -1) => void;
  /** How many votes the node has of one's own, where that is known. */
  count?: number;
  /** Why it gets no more. */
  reason?: string | null;
}

/** In a vote, the thumb gives votes and nothing else. */
export function VoteBar({ onVote, count, reason = null }: VoteBarProps) {
  const { t } = useTranslation();
  const words = count === undefined ? null : t("run.vote.mine", { count });
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("run.vote.title")}>
      <ToolButton tool="voteDown" onPress={() => onVote(-1)} reason={count === 0 ? words : null} />
      {words !== null && <output className={styles.count}>{words}</output>}
      <ToolButton tool="voteUp" onPress={() => onVote(1)} reason={reason} />
    </div>
  );
}

type ToolButtonProps = Omit<ComponentProps<"button">, "children" | "disabled"> & {
  tool: BarTool;
  /** Told where the button is. */
  onPress?: (place: DOMRect) => void;
  /** There is nothing for it to do. */
  disabled?: boolean;
  /** Why it does nothing just now; pressed, it says so. */
  reason?: string | null;
};

/** One tool: its picture over its word. */
export function ToolButton(props: ToolButtonProps) {
  const { tool, onPress, disabled = false, reason = null, onClick, ...rest } = props;
  const { t } = useTranslation();
  const { icon: Icon, words } = BAR_TOOLS[tool];
  return (
    <button
      type="button"
      {...rest}
      className={styles.tool}
      aria-disabled={disabled || reason !== null || undefined}
      title={reason ?? undefined}
      onClick={(event) => {
        if (disabled) return;
        if (reason !== null) return toast({ title: reason, tone: "note" });
        onClick?.(event);
        onPress?.(event.currentTarget.getBoundingClientRect());
      }}
    >
      <Icon aria-hidden="true" className={styles.icon} />
      <span>{t(words)}</span>
    </button>
  );
}
