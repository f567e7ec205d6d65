import { Link } from "@tanstack/react-router";
import {
  Boxes,
  CircleDashed,
  Eye,
  FileInput,
  Grid3x3,
  Link2,
  type LucideIcon,
  Quote,
  Search,
  Tag,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "~/api/types";
import { useCurrentInView } from "~/hooks/useCurrentInView";
import styles from "./CatalogueFrame.module.css";
import { mayWrite } from "./rights";

const PLACES = [
  ["/catalogue/gaps", "gaps", CircleDashed],
  ["/catalogue/solutions", "solutions", Boxes],
  ["/catalogue/fits", "fits", Link2],
  ["/catalogue/evidence", "evidence", Quote],
  ["/catalogue/coverage", "coverage", Grid3x3],
  ["/catalogue/watch", "watch", Eye],
  ["/catalogue/search", "search", Search],
  ["/catalogue/tags", "tags", Tag],
] as const satisfies readonly (readonly [string, string, LucideIcon])[];

/** Round every page of the catalogue: the ways to the others. */
export function CatalogueFrame({ user, children }: { user: Account; children: ReactNode }) {
  const { t } = useTranslation();
  const row = useCurrentInView(styles.active);
  const item = { className: styles.item, activeProps: { className: styles.active } };
  return (
    <>
      <nav ref={row} className={styles.nav} aria-label={t("catalogue.nav.label")}>
        {PLACES.map(([to, name, Icon]) => (
          <Link key={to} to={to} {...item} activeOptions={{ includeSearch: false }}>
            <Icon aria-hidden="true" className={styles.icon} />
            {t(`catalogue.nav.${name}`)}
          </Link>
        ))}
        {mayWrite(user.role) && (
          <Link to="/catalogue/imports" {...item} activeOptions={{ includeSearch: false }}>
            <FileInput aria-hidden="true" className={styles.icon} />
            {t("catalogue.nav.imports")}
          </Link>
        )}
      </nav>
      {children}
    </>
  );
}
