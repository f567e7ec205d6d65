import { CircleCheck, CircleDashed, CircleX, Contrast } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Light } from "~/api/types";
import { classes } from "./classes";
import styles from "./Light.module.css";

// Each has a shape of its own: colour alone tells some people nothing.
const SHAPES = { green: CircleCheck, amber: Contrast, red: CircleX, grey: CircleDashed };

/** The sign of a light; its words stand beside it or in its name. */
export function LightMark({ light, named }: { light: Light; named?: boolean }) {
  const { t } = useTranslation();
  const Shape = SHAPES[light];
  return (
    <span className={classes(styles.mark, styles[light])}>
      <Shape aria-hidden="true" className={styles.icon} />
      {named && <span className="visually-hidden">{t(`catalogue.light.${light}`)}</span>}
    </span>
  );
}

/** How well a gap is covered, in a sign and in words. */
export function LightBadge({ light }: { light: Light }) {
  const { t } = useTranslation();
  return (
    <span className={classes(styles.badge, styles[light])}>
      <LightMark light={light} />
      {t(`catalogue.light.${light}`)}
    </span>
  );
}
