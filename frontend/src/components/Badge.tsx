import type { ReactNode } from "react";
import styles from "./Badge.module.css";
import { classes } from "./classes";

/** How a badge is tinted. The words carry the meaning; the tint only helps the eye. */
export type BadgeTone = "neutral" | "accent" | "ok" | "warn" | "danger";

interface BadgeProps {
  tone?: BadgeTone;
  /** A dot before the words, for what goes on right now. */
  live?: boolean;
  children: ReactNode;
}

/** A small label, such as the state of a session. */
export function Badge({ tone = "neutral", live, children }: BadgeProps) {
  return (
    <span className={classes(styles.badge, styles[tone])}>
      {live && <span className={styles.dot} aria-hidden="true" />}
      {children}
    </span>
  );
}
