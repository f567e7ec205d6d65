import { Link } from "@tanstack/react-router";
import { List } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReportDocument } from "~/api/types";
import { Button } from "~/components/Button";
import { classes } from "~/components/classes";
import { Menu, MenuItem } from "~/components/Menu";
import type { ReportViewSearch } from "./search";
import { countOf, type SectionName, sectionsOf } from "./sections";
import styles from "./View.module.css";

interface OutlineProps {
  document: ReportDocument;
  id: string;
  search: ReportViewSearch;
}

/** The parts of the report beside it; where there is no room for that, a menu that stays in view. */
export function Outline({ document, id, search }: OutlineProps) {
  const { t } = useTranslation();
  const names = sectionsOf(document);
  const current = useCurrentSection(names);
  const link = (name: SectionName, className?: string, children?: ReactNode) => (
    <Link
      to="/reports/$id"
      params={{ id }}
      search={search}
      hash={name}
      className={className}
      activeProps={{}}
      aria-current={current === name ? "location" : undefined}
    >
      {children}
    </Link>
  );
  const words = (name: SectionName) => {
    const count = countOf(document, name);
    return (
      <>
        {t(`reports.section.${name}`)}{" "}
        {count !== null && <span className={styles.count}>{count}</span>}
      </>
    );
  };
  return (
    <>
      <nav className={styles.outline} aria-label={t("reports.view.outline")}>
        <ul>
          {names.map((name) => (
            <li key={name}>
              {link(
                name,
                classes(styles.outlineItem, current === name && styles.current),
                words(name),
              )}
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.outlineMenu}>
        <Menu
          align="start"
          trigger={
            <Button icon={List} size="s">
              {t(`reports.section.${current ?? "summary"}`)}
            </Button>
          }
        >
          {names.map((name) => (
            <MenuItem key={name} link={link(name)}>
              {words(name)}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </>
  );
}

/** The part that is being read: the last one that has begun above the upper third of the window. */
function useCurrentSection(names: readonly SectionName[]): SectionName | null {
  const [current, setCurrent] = useState<SectionName | null>(null);
  const key = names.join();
  useEffect(() => {
    let frame = 0;
    const look = () => {
      const line = window.innerHeight / 3;
      const begun = key.split(",").filter((name) => {
        const part = document.getElementById(name);
        return part !== null && part.getBoundingClientRect().top <= line;
      });
      setCurrent((begun.at(-1) as SectionName | undefined) ?? null);
    };
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    later();
    window.addEventListener("scroll", later, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", later);
    };
  }, [key]);
  return current;
}
