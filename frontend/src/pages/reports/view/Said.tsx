import type { ReportDocument } from "~/api/types";
import { classes } from "~/components/classes";
import styles from "./View.module.css";

type Facts = ReportDocument["gaps"][number]["facts"];

/** What a record says, with the report's own labels, which the server writes in English. */
export function Said({ facts, long }: { facts: Facts; long?: boolean }) {
  if (facts.length === 0) return null;
  return (
    <dl className={classes(styles.facts, long && styles.long)}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt lang="en">{label}</dt>
          <dd dir="auto" className={styles.prose}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
