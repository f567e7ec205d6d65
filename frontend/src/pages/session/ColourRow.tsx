import { Menu as Base } from "@base-ui/react/menu";
import { useTranslation } from "react-i18next";
import { COLOURS } from "~/map/schema";
import { setColour } from "~/pages/session/actions/edits";
import styles from "~/pages/session/ContextMenu.module.css";
import type { MapController } from "~/pages/session/MapController";

/** The palette as one row of a menu. */
export function ColourRow({ controller }: { controller: MapController }) {
  const { t } = useTranslation();
  return (
    <Base.Group className={styles.colours} aria-label={t("map.menu.colour")}>
      {COLOURS.map((colour) => (
        <Base.Item
          key={colour}
          className={styles.colour}
          data-colour={colour}
          aria-label={t(`map.colour.${colour}`)}
          title={t(`map.colour.${colour}`)}
          onClick={() => setColour(controller.hands(), colour)}
        />
      ))}
      <Base.Item
        className={styles.colour}
        aria-label={t("map.colour.inherited")}
        title={t("map.colour.inherited")}
        onClick={() => setColour(controller.hands(), null)}
      />
    </Base.Group>
  );
}
