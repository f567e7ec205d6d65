import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";
import styles from "./EmptyState.module.css";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What belongs here and how it gets here. */
  text?: ReactNode;
  action?: ReactNode;
  /** For a part of a page that has a frame of its own. */
  plain?: boolean;
}

/** What a list says while there is nothing in it. */
export function EmptyState({ icon: Icon, title, text, action, plain }: EmptyStateProps) {
  return (
    <div className={classes(styles.empty, plain && styles.plain)}>
      <span className={styles.ring}>
        <Icon aria-hidden="true" className={styles.icon} />
      </span>
      <p className={styles.title}>{title}</p>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
