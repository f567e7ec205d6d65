import {
  ChevronsDownUp,
  ChevronsUpDown,
  CornerDownRight,
  Link2,
  type LucideIcon,
  Minus,
  MoveRight,
  Pencil,
  Plus,
  Trash2,
  Undo2,
} from "lucide-react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { toast } from "~/components/Toast";
import { type NodeId, ROOT } from "~/map/schema";
import type { Command } from "~/pages/session/keys/table";
import type { MapController } from "~/pages/session/MapController";
import styles from "~/pages/session/TouchBar.module.css";
import { useViewState } from "~/pages/session/useViewState";
import type { Voting } from "~/pages/session/vote/useVoting";

/** Under the map where there is no keyboard: what the keys would do. */
export function TouchBar({ controller, voting }: { controller: MapController; voting: Voting }) {
  const { t } = useTranslation();
  const { view } = controller;
  const active = useViewState(view, (state) => state.active);
  const editing = useViewState(view, (state) => state.editing !== null);
  if (active === null || editing) return null;

  if (voting.vote) return <VoteBar id={active} voting={voting} />;
  const isRoot = active === ROOT;
  const hasChildren = (controller.context().model.node(active)?.children.length ?? 0) > 0;
  const isFolded = view.scene.folded.has(active);
  // At once, within the touch: only then does a phone open its keyboard for the editor.
  const run = (command: Command) => () => flushSync(() => controller.run(command));
  const { gate } = controller.context().page;
  const why = (command: Command) => gate.reason(command, { ids: [active] });
  const move = () => view.setMoving(view.selection.list().filter((id) => id !== ROOT));
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("map.touch.label")}>
      <Tool
        icon={CornerDownRight}
        label={t("map.touch.child")}
        onPress={run("addChild")}
        reason={why("addChild")}
      />
      {!isRoot && (
        <Tool
          icon={Plus}
          label={t("map.touch.sibling")}
          onPress={run("addAfter")}
          reason={why("addAfter")}
        />
      )}
      <Tool icon={Pencil} label={t("map.touch.edit")} onPress={run("edit")} reason={why("edit")} />
      <Tool icon={Link2} label={t("map.touch.link")} onPress={run("links")} reason={why("links")} />
      {!isRoot && (
        <Tool icon={MoveRight} label={t("map.touch.move")} onPress={move} reason={why("moveUp")} />
      )}
      {!isRoot && hasChildren && (
        <Tool
          icon={isFolded ? ChevronsUpDown : ChevronsDownUp}
          label={isFolded ? t("map.touch.unfold") : t("map.touch.fold")}
          onPress={run("fold")}
        />
      )}
      {!isRoot && (
        <Tool
          icon={Trash2}
          label={t("map.touch.remove")}
          onPress={run("remove")}
          reason={why("remove")}
        />
      )}
      <Tool icon={Undo2} label={t("map.touch.undo")} onPress={run("undo")} />
    </div>
  );
}

/** In a vote, the thumb gives votes and nothing else. */
function VoteBar({ id, voting }: { id: NodeId; voting: Voting }) {
  const { t } = useTranslation();
  const n = voting.mine[id] ?? 0;
  const none = n === 0 ? t("run.vote.mine", { count: 0 }) : null;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("run.vote.title")}>
      <Tool
        icon={Minus}
        label={t("run.vote.take")}
        onPress={() => voting.change(id, -1)}
        reason={none}
      />
      <output className={styles.count}>{t("run.vote.mine", { count: n })}</output>
      <Tool
        icon={Plus}
        label={t("run.vote.give")}
        onPress={() => voting.change(id, 1)}
        reason={voting.reason(id)}
      />
    </div>
  );
}

interface ToolProps {
  icon: LucideIcon;
  label: string;
  onPress: () => void;
  /** Why it does nothing just now; pressed, it says so. */
  reason?: string | null;
}

function Tool({ icon: Icon, label, onPress, reason = null }: ToolProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-disabled={reason === null ? undefined : true}
      title={reason ?? undefined}
      onClick={() => (reason === null ? onPress() : toast({ title: reason, tone: "note" }))}
    >
      <Icon aria-hidden="true" className={styles.icon} />
      <span>{label}</span>
    </button>
  );
}

/** Says that the map waits for a tap on a new parent. */
export function MovingHint({ controller }: { controller: MapController }) {
  const { t } = useTranslation();
  const moving = useViewState(controller.view, (state) => state.moving);
  if (!moving) return null;
  return (
    <div className={styles.moving} role="status">
      <span>{t("map.moving.text", { count: moving.length })}</span>
      <Button size="s" onClick={() => controller.view.setMoving(null)}>
        {t("map.moving.cancel")}
      </Button>
    </div>
  );
}
