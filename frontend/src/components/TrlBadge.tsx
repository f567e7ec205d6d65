import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import styles from "./TrlBadge.module.css";
import { levelsOf, type Maturity, rangeOf } from "./trl";

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

interface TrlBadgeProps {
  maturity: Maturity;
  /** The words for what the level rests on. */
  basis: string | null;
}

/** A technology readiness level on its scale of nine, always with what it rests on. */
export function TrlBadge({ maturity, basis }: TrlBadgeProps) {
  const { t } = useTranslation();
  const levels = levelsOf(maturity);
  if (!levels) return <span className={styles.none}>{t("catalogue.trl.none")}</span>;
  const range = rangeOf(levels);
  const isIn = (level: number) => levels.from <= level && level <= levels.to;
  return (
    <span className={styles.badge}>
      <span className={classes(styles.scale, levels.isTarget && styles.target)} aria-hidden="true">
        {LEVELS.map((level) => (
          <span key={level} className={classes(styles.step, isIn(level) && styles.on)} />
        ))}
      </span>
      <span className={styles.words}>
        <strong>
          {t(levels.isTarget ? "catalogue.trl.target" : "catalogue.trl.range", { range })}
        </strong>
        {!levels.isTarget && (
          <span className={styles.basis}>{basis ?? t("catalogue.trl.noBasis")}</span>
        )}
      </span>
    </span>
  );
}
