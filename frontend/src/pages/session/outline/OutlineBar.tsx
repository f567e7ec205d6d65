import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  CornerDownRight,
  Link2,
  type LucideIcon,
  Minus,
  Move,
  PanelRight,
  Pencil,
  Plus,
  Trash2,
  Undo2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { Menu, MenuItem } from "~/components/Menu";
import { ROOT } from "~/map/schema";
import type { Command } from "~/pages/session/keys/table";
import { type OutlineContext, run } from "./actions";
import styles from "./OutlineBar.module.css";

interface OutlineBarProps {
  context: OutlineContext;
  /** Opens the panel of the active row. */
  onDetails?: (() => void) | undefined;
}

/** What a thumb needs: add, edit, move, delete, undo. */
export function OutlineBar({ context, onDetails }: OutlineBarProps) {
  const { t } = useTranslation();
  const top = context.outline.active === ROOT;
  if (context.gate.voting()) return <VoteBar context={context} onDetails={onDetails} />;
  const reason = (command: Command) =>
    context.gate.reason(command, { ids: [context.outline.active] }) ?? undefined;
  const go = (command: Command) => () => {
    context.outline.endEdit("keep");
    run(command, context);
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("map.touch.label")}>
      <BarButton
        icon={CornerDownRight}
        label={t("map.touch.child")}
        onClick={go("addChild")}
        reason={reason("addChild")}
      />
      <BarButton
        icon={Plus}
        label={t("map.touch.sibling")}
        onClick={go("addAfter")}
        reason={reason("addAfter")}
        disabled={top}
      />
      <BarButton
        icon={Pencil}
        label={t("map.touch.edit")}
        onClick={go("edit")}
        reason={reason("edit")}
      />
      <BarButton
        icon={Link2}
        label={t("map.touch.link")}
        onClick={go("links")}
        reason={reason("links")}
      />
      <Menu
        trigger={
          <BarButton
            icon={Move}
            label={t("map.touch.move")}
            disabled={top}
            reason={reason("moveUp")}
          />
        }
        align="start"
      >
        <MenuItem icon={ArrowUp} onSelect={go("moveUp")}>
          {t("outline.moveUp")}
        </MenuItem>
        <MenuItem icon={ArrowDown} onSelect={go("moveDown")}>
          {t("outline.moveDown")}
        </MenuItem>
        <MenuItem icon={ArrowRight} onSelect={go("moveRight")}>
          {t("outline.moveIn")}
        </MenuItem>
        <MenuItem icon={ArrowLeft} onSelect={go("moveLeft")}>
          {t("outline.moveOut")}
        </MenuItem>
      </Menu>
      <BarButton
        icon={Trash2}
        label={t("map.touch.remove")}
        onClick={go("remove")}
        reason={reason("remove")}
        disabled={top}
      />
      <BarButton icon={Undo2} label={t("map.touch.undo")} onClick={go("undo")} />
      {onDetails && (
        <BarButton icon={PanelRight} label={t("outline.details")} onClick={onDetails} />
      )}
    </div>
  );
}

/** In a vote, the thumb gives votes and nothing else. */
function VoteBar({ context, onDetails }: OutlineBarProps) {
  const { t } = useTranslation();
  const vote = (command: Command) => () => run(command, context);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("run.vote.title")}>
      <BarButton icon={Minus} label={t("run.vote.take")} onClick={vote("voteDown")} />
      <BarButton icon={Plus} label={t("run.vote.give")} onClick={vote("voteUp")} />
      {onDetails && (
        <BarButton icon={PanelRight} label={t("outline.details")} onClick={onDetails} />
      )}
    </div>
  );
}

interface BarButtonProps {
  icon: LucideIcon;
  label: string;
  onClick?: () => void;
  disabled?: boolean;
  /** Why it does nothing just now; pressed, it says so. */
  reason?: string | undefined;
}

function BarButton({ icon: Icon, label, reason, ...rest }: BarButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      aria-disabled={reason === undefined ? undefined : true}
      title={reason}
      {...rest}
    >
      <Icon aria-hidden="true" className={styles.icon} />
      {label}
    </button>
  );
}
