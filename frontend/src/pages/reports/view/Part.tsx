import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { usePrinting } from "./printing";
import type { SectionName } from "./sections";
import styles from "./View.module.css";

interface PartProps {
  name: SectionName;
  /** Beside the title, such as a filter. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a report, which the outline leads to. */
export function Part({ name, actions, children }: PartProps) {
  const { t } = useTranslation();
  return (
    <section id={name} tabIndex={-1} className={styles.part} aria-labelledby={`${name}-title`}>
      <header className={styles.partHead}>
        <h2 id={`${name}-title`}>{t(`reports.section.${name}`)}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}

const BATCH = 25;
const NEXT = 200;

interface BatchProps<Item> {
  items: readonly Item[];
  /** What is said where there is nothing. */
  none: string;
  children: (items: readonly Item[]) => ReactNode;
}

/** The first of many, and more when somebody asks: a report may have thousands of fits. */
export function Batch<Item>({ items, none, children }: BatchProps<Item>) {
  const { t } = useTranslation();
  const printing = usePrinting();
  const [shown, setShown] = useState(BATCH);
  if (items.length === 0) return <p className={styles.quiet}>{none}</p>;
  const rest = printing ? 0 : items.length - shown;
  return (
    <>
      {children(printing ? items : items.slice(0, shown))}
      {rest > 0 && (
        <div className={styles.more}>
          <Button size="s" onClick={() => setShown(shown + NEXT)}>
            {t("reports.view.more", { count: Math.min(rest, NEXT) })}
          </Button>
        </div>
      )}
    </>
  );
}
