import type { ReactNode } from "react";
import styles from "./Filters.module.css";

/** What narrows the list below it: a field for words, then menus. */
export function Filters({ children }: { children: ReactNode }) {
  return <search className={styles.filters}>{children}</search>;
}
