import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import styles from "./Spinner.module.css";

/** A turning ring. With `label` it is an announcement of its own; without, it decorates something that says it. */
export function Spinner({ label, large }: { label?: string; large?: boolean }) {
  const ring = <span className={classes(styles.ring, large && styles.large)} aria-hidden="true" />;
  if (label === undefined) return ring;
  return (
    <span role="status" className={styles.spoken}>
      {ring}
      <span>{label}</span>
    </span>
  );
}

/** What a page shows while its first data are on their way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.page}>
      <Spinner large label={t("common.loading")} />
    </div>
  );
}
