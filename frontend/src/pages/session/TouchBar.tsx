import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { useModelVersion } from "~/hooks/useModelVersion";
import { ROOT } from "~/map/schema";
import type { MapController } from "~/pages/session/MapController";
import { EditBar, ToolButton, VoteBar } from "~/pages/session/ToolBar";
import styles from "~/pages/session/TouchBar.module.css";
import { useViewState } from "~/pages/session/useViewState";
import type { Voting } from "~/pages/session/vote/useVoting";

/** Under the map where there is no keyboard: what the keys would do. */
export function TouchBar({ controller, voting }: { controller: MapController; voting: Voting }) {
  const { view } = controller;
  const active = useViewState(view, (state) => state.active);
  const editing = useViewState(view, (state) => state.editing !== null);
  const { model, undo } = controller.context();
  useModelVersion(model);
  if (active === null || editing) return null;
  if (voting.vote) {
    return (
      <VoteBar
        {...(voting.left !== null && { count: voting.mine[active] ?? 0 })}
        reason={voting.reason(active)}
        onVote={(by) => voting.change(active, by)}
      />
    );
  }
  const hands = controller.hands();
  return (
    <EditBar
      hands={hands}
      undo={undo}
      // At once, within the touch: only then does a phone open its keyboard for the editor.
      run={(command) => flushSync(() => controller.run(command))}
      move={
        <ToolButton
          tool="move"
          disabled={active === ROOT}
          reason={hands.gate.reason("moveUp", { ids: [active] })}
          onPress={() => controller.hands().moveTo?.()}
        />
      }
      onMore={(point) => controller.openMenu(point)}
    />
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
