import { Maximize, Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/components/IconButton";
import { keyLabel } from "~/pages/session/keys/label";
import type { MapView } from "~/pages/session/render/MapView";
import { useViewState } from "~/pages/session/useViewState";
import styles from "~/pages/session/ZoomControls.module.css";

const STEP = 1.25;

/** Zoom in the map's corner: out, how far, in, all. */
export function ZoomControls({ view }: { view: MapView }) {
  const { t } = useTranslation();
  const shown = useViewState(view, ({ zoom }) =>
    zoom < 0.01 ? "< 1 %" : `${Math.round(zoom * 100)} %`,
  );
  return (
    <div className={styles.zoom} role="toolbar" aria-label={t("map.zoom.label")}>
      <IconButton
        icon={Minus}
        size="s"
        label={t("map.zoom.out")}
        keys={keyLabel("Mod+-")}
        onClick={() => view.zoomBy(1 / STEP)}
      />
      <span className={styles.percent}>{shown}</span>
      <IconButton
        icon={Plus}
        size="s"
        label={t("map.zoom.in")}
        keys={keyLabel("Mod++")}
        onClick={() => view.zoomBy(STEP)}
      />
      <IconButton
        icon={Maximize}
        size="s"
        label={t("map.zoom.fit")}
        keys={keyLabel("Mod+0")}
        onClick={() => view.fit()}
      />
    </div>
  );
}
