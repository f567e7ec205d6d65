import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { Logo } from "~/components/Logo";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { useMe } from "~/hooks/useMe";
import { Problem } from "./Problem";
import styles from "./ShutMap.module.css";
import { JoinByCode } from "./start/JoinByCode";

interface ShutMapProps {
  error: unknown;
  retry: () => void;
  /** What is to be said besides. */
  children?: ReactNode;
}

/** In place of a map that cannot be opened, whose page has no frame: why, and where to go from here. */
export function ShutMap({ error, retry, children }: ShutMapProps) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const code = error instanceof ApiError ? error.code : null;
  const isGuest = me !== undefined && !me.user;
  const isOut = code === "forbidden" || code === "unauthenticated";
  const home = (
    <Link to="/" className={styles.home} aria-label={t("common.nav.home")}>
      <Logo />
    </Link>
  );
  return (
    <main className={styles.page}>
      <PageHeading title={t("map.shut")} above={home} />
      {isGuest && code === "forbidden" ? (
        <Notice tone="danger">{t("map.status.refusedReason.4403")}</Notice>
      ) : (
        <Problem error={error} {...(code !== "not_found" && { retry })} />
      )}
      {children}
      {isGuest && isOut && (
        <section className={styles.card} aria-label={t("start.join.title")}>
          <JoinByCode />
        </section>
      )}
    </main>
  );
}
