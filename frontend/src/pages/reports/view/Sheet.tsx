import { ChevronRight } from "lucide-react";
import { type MouseEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { InApp } from "./InApp";
import { usePrinting } from "./printing";
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
  const shown = usePrinting() || open;
  const toggle = (event: MouseEvent) => {
    event.preventDefault();
    setOpen(!open);
  };
  return (
    <details className={styles.sheet} open={shown}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button, by keyboard too. */}
      <summary className={styles.sheetHead} onClick={toggle}>
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
      {shown && (
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
