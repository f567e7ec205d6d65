import { type RefCallback, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { useMapModel } from "~/hooks/useMapModel";
import type { MapModel } from "~/map/model";
import { ROOT } from "~/map/schema";
import styles from "~/pages/session/EmptyHint.module.css";
import type { MapController } from "~/pages/session/MapController";
import type { MapView } from "~/pages/session/render/MapView";
import { useViewState } from "~/pages/session/useViewState";

interface EmptyHintProps {
  model: MapModel;
  controller: MapController;
  canEdit: boolean;
}

/** So far below the topic, in pixels: its outline and a little air. */
const BELOW = 44;

/** Keeps something under the topic, wherever that stands in the window. */
function useBelowTopic(view: MapView): RefCallback<HTMLElement> {
  return useCallback(
    (element) => {
      if (!element) return;
      const place = () => {
        const topic = view.scene.layout.box(ROOT);
        if (!topic) return;
        const foot = { x: topic.x + topic.width / 2, y: topic.y + topic.height };
        const { x, y } = view.camera.toScreen(foot);
        element.style.transform = `translate(${x}px, ${y + BELOW}px) translateX(-50%)`;
      };
      view.overlays.push(place);
      view.invalidate();
      return () => void view.overlays.splice(view.overlays.indexOf(place), 1);
    },
    [view],
  );
}

/** What to do with a map in which there is nothing yet. */
export function EmptyHint({ model, controller, canEdit }: EmptyHintProps) {
  const { t } = useTranslation();
  const isEmpty = useMapModel(model, ({ size }) => size <= 1);
  const editing = useViewState(controller.view, (state) => state.editing !== null);
  const hint = useBelowTopic(controller.view);
  if (!isEmpty || editing) return null;
  const add = () => {
    controller.view.select(ROOT);
    controller.run("addChild");
  };
  return (
    <div ref={hint} className={styles.hint}>
      {canEdit ? (
        <>
          <p className={styles.title}>{t("map.empty.title")}</p>
          <p className={styles.keys}>{t("map.empty.text")}</p>
          <p className={styles.touch}>{t("map.empty.touch")}</p>
          <Button variant="primary" size="s" onClick={add}>
            {t("map.empty.add")}
          </Button>
        </>
      ) : (
        <p>{t("map.empty.readOnly")}</p>
      )}
    </div>
  );
}
