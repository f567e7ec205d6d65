import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageHeading } from "~/components/PageHeading";
import { HeroMap } from "./HeroMap";
import { JoinByCode } from "./JoinByCode";
import { Seats } from "./Seats";
import styles from "./StartPage.module.css";

/** For whoever is not signed in: what Gapmap is, and the way into a session. */
export function StartPage() {
  const { t } = useTranslation();
  return (
    <div className={styles.start}>
      <div className={styles.words}>
        <PageHeading title={t("start.title")} tab={t("start.tab")} large text={t("start.text")} />
        <Seats />
        <section className={styles.card} aria-labelledby="join-title">
          <h2 id="join-title">{t("start.join.title")}</h2>
          <JoinByCode />
        </section>
        <p className={styles.signIn}>
          {t("start.facilitator")} <Link to="/sign-in">{t("common.nav.signIn")}</Link>
        </p>
      </div>
      <div className={styles.picture}>
        <HeroMap />
      </div>
    </div>
  );
}

/** The join page's address without a code. */
export function JoinCodePage() {
  const { t } = useTranslation();
  return (
    <div className={styles.narrow}>
      <PageHeading title={t("join.title")} />
      <div className={styles.card}>
        <JoinByCode autoFocus />
      </div>
    </div>
  );
}
