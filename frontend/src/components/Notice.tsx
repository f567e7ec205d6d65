import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Notice.module.css";

const ICONS = {
  info: Info,
  ok: CircleCheck,
  warn: TriangleAlert,
  danger: CircleAlert,
} satisfies Record<string, LucideIcon>;

interface NoticeProps {
  tone?: keyof typeof ICONS;
  title?: ReactNode;
  children?: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
}

/** A message that stands in the page. A problem is announced at once; the other tones are read in their place. */
export function Notice({ tone = "info", title, children, action }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div
      className={classes(styles.notice, styles[tone])}
      role={tone === "danger" ? "alert" : undefined}
    >
      <Icon aria-hidden="true" className={styles.icon} />
      <div className={styles.text}>
        {title !== undefined && <strong className={styles.title}>{title}</strong>}
        {children}
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  );
}
