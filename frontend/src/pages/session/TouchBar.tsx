import {
  ChevronsDownUp,
  ChevronsUpDown,
  CornerDownRight,
  type LucideIcon,
  MoveRight,
  Pencil,
  Plus,
  Trash2,
  Undo2,
} from "lucide-react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { ROOT } from "~/map/schema";
import type { Command } from "~/pages/session/keys/table";
import type { MapController } from "~/pages/session/MapController";
import styles from "~/pages/session/TouchBar.module.css";
import { useViewState } from "~/pages/session/useViewState";

/** Under the map where there is no keyboard: what the keys would do. */
export function TouchBar({ controller }: { controller: MapController }) {
  const { t } = useTranslation();
  const { view } = controller;
  const active = useViewState(view, (state) => state.active);
  const editing = useViewState(view, (state) => state.editing !== null);
  if (active === null || editing) return null;

  const isRoot = active === ROOT;
  const hasChildren = (controller.context().model.node(active)?.children.length ?? 0) > 0;
  const isFolded = view.scene.folded.has(active);
  // At once, within the touch: only then does a phone open its keyboard for the editor.
  const run = (command: Command) => () => flushSync(() => controller.run(command));
  const move = () => view.setMoving(view.selection.list().filter((id) => id !== ROOT));
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("map.touch.label")}>
      <Tool icon={CornerDownRight} label={t("map.touch.child")} onPress={run("addChild")} />
      {!isRoot && <Tool icon={Plus} label={t("map.touch.sibling")} onPress={run("addAfter")} />}
      <Tool icon={Pencil} label={t("map.touch.edit")} onPress={run("edit")} />
      {!isRoot && <Tool icon={MoveRight} label={t("map.touch.move")} onPress={move} />}
      {!isRoot && hasChildren && (
        <Tool
          icon={isFolded ? ChevronsUpDown : ChevronsDownUp}
          label={isFolded ? t("map.touch.unfold") : t("map.touch.fold")}
          onPress={run("fold")}
        />
      )}
      {!isRoot && <Tool icon={Trash2} label={t("map.touch.remove")} onPress={run("remove")} />}
      <Tool icon={Undo2} label={t("map.touch.undo")} onPress={run("undo")} />
    </div>
  );
}

interface ToolProps {
  icon: LucideIcon;
  label: string;
  onPress: () => void;
}

function Tool({ icon: Icon, label, onPress }: ToolProps) {
  return (
    <button type="button" className={styles.tool} onClick={onPress}>
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
