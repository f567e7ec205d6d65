import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { useMapModel } from "~/hooks/useMapModel";
import type { MapModel } from "~/map/model";
import { ROOT } from "~/map/schema";
import styles from "~/pages/session/EmptyHint.module.css";
import type { MapController } from "~/pages/session/MapController";
import { useViewState } from "~/pages/session/useViewState";

interface EmptyHintProps {
  model: MapModel;
  controller: MapController;
  canEdit: boolean;
}

/** What to do with a map in which there is nothing yet. */
export function EmptyHint({ model, controller, canEdit }: EmptyHintProps) {
  const { t } = useTranslation();
  const isEmpty = useMapModel(model, ({ size }) => size <= 1);
  const editing = useViewState(controller.view, (state) => state.editing !== null);
  if (!isEmpty || editing) return null;
  const add = () => {
    controller.view.select(ROOT);
    controller.run("addChild");
  };
  return (
    <div className={styles.hint}>
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
