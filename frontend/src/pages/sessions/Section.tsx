import { type ReactNode, useId } from "react";
import styles from "./Section.module.css";

interface SectionProps {
  title: string;
  /** Beside the title, such as a count. */
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a session's page. */
export function Section({ title, beside, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>{title}</h2>
        {beside !== undefined && <span className={styles.beside}>{beside}</span>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}
