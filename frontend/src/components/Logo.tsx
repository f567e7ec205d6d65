import { useTranslation } from "react-i18next";
import styles from "./Logo.module.css";

/** The mark: a node, two branches, and the gap. */
export function Logo({ words = true }: { words?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" className={styles.mark} aria-hidden="true">
        <path
          d="M11 16C17 16 15 7 21 7M11 16C17 16 15 25 21 25M11 16H20"
          className={styles.branch}
        />
        <circle cx="8" cy="16" r="4.5" className={styles.node} />
        <circle cx="24" cy="7" r="3" className={styles.node} />
        <circle cx="24" cy="25" r="3" className={styles.node} />
        <circle cx="24" cy="16" r="3" className={styles.gap} />
      </svg>
      {words && <span>{t("common.product")}</span>}
    </span>
  );
}
