import { Menu as Base } from "@base-ui/react/menu";
import { useTranslation } from "react-i18next";
import { COLOURS, ROOT } from "~/map/schema";
import { setColour } from "~/pages/session/actions/edits";
import styles from "~/pages/session/ContextMenu.module.css";
import type { MapController } from "~/pages/session/MapController";

/** The palette as one row of a menu. */
export function ColourRow({ controller }: { controller: MapController }) {
  const { t } = useTranslation();
  const isTopic = controller.view.selection.active === ROOT;
  const own = t(isTopic ? "map.colour.topic" : "map.colour.inherited");
  return (
    <Base.Group className={styles.colours} aria-label={t("map.menu.colour")}>
      {COLOURS.map((colour) => (
        <Base.Item
          key={colour}
          className={styles.colour}
          data-colour={colour}
          aria-label={t(`map.colour.${colour}`)}
          title={t(`map.colour.${colour}`)}
          onClick={() => setColour(controller.context(), colour)}
        />
      ))}
      <Base.Item
        className={styles.colour}
        aria-label={own}
        title={own}
        onClick={() => setColour(controller.context(), null)}
      />
    </Base.Group>
  );
}
