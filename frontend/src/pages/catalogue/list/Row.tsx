import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { RecordKind, Tlp } from "~/api/types";
import { Badge } from "~/components/Badge";
import { PATHS } from "~/pages/catalogue/paths";
import styles from "./List.module.css";

interface RowProps {
  kind: RecordKind;
  number: string;
  title: string;
  tlp: Tlp;
  /** One line of what else it says. */
  meta: string;
  children: ReactNode;
}

/** A record in a list; the whole row leads to it. */
export function Row({ kind, number, title, tlp, meta, children }: RowProps) {
  return (
    <>
      <div className={styles.words}>
        <div className={styles.line}>
          <span className={styles.number}>{number}</span>
          <Link to={PATHS[kind]} params={{ id: number }} className={styles.title} dir="auto">
            {title}
          </Link>
        </div>
        {meta !== "" && (
          <p className={styles.meta} dir="auto">
            {meta}
          </p>
        )}
      </div>
      <div className={styles.side}>
        {children}
        {tlp !== "CLEAR" && <Badge>TLP:{tlp}</Badge>}
      </div>
    </>
  );
}
