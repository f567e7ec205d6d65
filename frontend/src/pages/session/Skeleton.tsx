import { useTranslation } from "react-i18next";
import styles from "~/pages/session/Skeleton.module.css";

/** Where the main branches of the map that is still on its way will be: left, top, width in percent. */
const BRANCHES = [
  [64, 24, 13],
  [66, 48, 16],
  [63, 72, 11],
  [20, 30, 14],
  [22, 62, 12],
] as const;

/** Stands for the map until it is there. */
export function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{t("map.loading")}</span>
      <div className={styles.root} />
      {BRANCHES.map(([left, top, width]) => (
        <div
          key={`${left} ${top}`}
          className={styles.branch}
          style={{ left: `${left}%`, top: `${top}%`, width: `${width}%` }}
        />
      ))}
    </div>
  );
}
