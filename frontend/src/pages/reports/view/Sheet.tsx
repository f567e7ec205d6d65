import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { InApp } from "./InApp";
import styles from "./View.module.css";

interface SheetProps {
  it: { number: string; title: string; href: string };
  /** One line of what else tells it. */
  meta: string;
  badges: ReactNode;
  children: ReactNode;
}

/** A record of the report, folded to one line until somebody opens it. On paper all are open. */
export function Sheet({ it, meta, badges, children }: SheetProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => flushSync(() => setOpen(true));
    window.addEventListener("beforeprint", show);
    return () => window.removeEventListener("beforeprint", show);
  }, []);
  return (
    <details
      className={styles.sheet}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={styles.sheetHead}>
        <ChevronRight aria-hidden="true" className={styles.chevron} />
        <span className={styles.sheetWords}>
          <span className={styles.sheetTitle}>
            <span className={styles.sheetNumber}>{it.number}</span>{" "}
            <span dir="auto">{it.title}</span>
          </span>
          <span className={styles.quiet} dir="auto">
            {meta}
          </span>
        </span>
        <span className={styles.sheetBadges}>{badges}</span>
      </summary>
      {open && (
        <div className={styles.sheetBody}>
          <InApp href={it.href} className={styles.open}>
            {t("reports.view.open", { number: it.number })}
          </InApp>
          {children}
        </div>
      )}
    </details>
  );
}
