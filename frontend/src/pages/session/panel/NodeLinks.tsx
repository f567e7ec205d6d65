import { CircleDashed, PackageCheck } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { MapNode } from "~/map/model";
import styles from "./NodeLinks.module.css";

/** The gaps and solutions that a node is linked to. */
export function NodeLinks({ node }: { node: MapNode }) {
  const { t } = useTranslation();
  const id = useId();
  if (node.links.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.heading}>
        {t("outline.panel.links")}
      </h3>
      <ul className={styles.list}>
        {node.links.map((target) => {
          const gap = target.startsWith("gap:");
          const Icon = gap ? CircleDashed : PackageCheck;
          return (
            <li key={target} className={styles.link}>
              <Icon aria-hidden="true" className={styles.icon} />
              {t(gap ? "outline.panel.gap" : "outline.panel.solution")}
              {/* The end of an id is where ids differ. */}
              <code className={styles.id}>…{target.slice(-6)}</code>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
