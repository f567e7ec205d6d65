import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { buttonClass } from "~/components/Button";
import { LanguageSwitch } from "~/components/LanguageSwitch";
import { Logo } from "~/components/Logo";
import { ThemeSwitch } from "~/components/ThemeSwitch";
import { useCurrentInView } from "~/hooks/useCurrentInView";
import { useMe } from "~/hooks/useMe";
import { AccountMenu } from "./AccountMenu";
import styles from "./Frame.module.css";

/** Round every page but the map: skip link, header, and the page itself. */
export function Frame() {
  const { t } = useTranslation();
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip}>
        {t("common.skip")}
      </a>
      <Header />
      <main id="content" tabIndex={-1} className={styles.content}>
        <Outlet />
      </main>
    </div>
  );
}

function Header() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  // Who joins by a link must not wonder about accounts.
  const joining = useRouterState({
    select: (state) => /^\/(join|sign-in|welcome)/.test(state.location.pathname),
  });
  const user = me?.user;
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link to="/" className={styles.home} aria-label={t("common.nav.home")}>
          <Logo />
        </Link>
        {user && <MainNav admin={user.role === "admin"} />}
        <div className={styles.end}>
          {user ? (
            <AccountMenu user={user} />
          ) : (
            <>
              <LanguageSwitch />
              <ThemeSwitch />
              {me && !joining && (
                <Link to="/sign-in" className={buttonClass({ size: "s" })}>
                  {t("common.nav.signIn")}
                </Link>
              )}
            </>
          )}
        </div>
      </div>
    </header>
  );
}

function MainNav({ admin }: { admin: boolean }) {
  const { t } = useTranslation();
  const item = { className: styles.item, activeProps: { className: styles.active } };
  // The list is the home page; a session below it belongs to it too.
  const inSessions = useRouterState({
    select: ({ location }) => /^\/(sessions\/|$)/.test(location.pathname),
  });
  const inCatalogue = useRouterState({
    select: ({ location }) => location.pathname.startsWith("/catalogue/"),
  });
  const row = useCurrentInView(styles.active);
  return (
    <nav ref={row} className={styles.nav} aria-label={t("common.nav.main")}>
      <Link
        to="/"
        className={`${styles.item} ${inSessions ? styles.active : ""}`}
        activeProps={{}}
        aria-current={inSessions || undefined}
      >
        {t("common.nav.sessions")}
      </Link>
      <Link
        to="/catalogue/gaps"
        className={`${styles.item} ${inCatalogue ? styles.active : ""}`}
        activeProps={{}}
        aria-current={inCatalogue || undefined}
      >
        {t("common.nav.catalogue")}
      </Link>
      <Link to="/reports" {...item} activeOptions={{ includeSearch: false }}>
        {t("common.nav.reports")}
      </Link>
      {admin && (
        <>
          <Link to="/admin/users" {...item}>
            {t("common.nav.users")}
          </Link>
          <Link to="/admin/groups" {...item}>
            {t("common.nav.groups")}
          </Link>
          <Link to="/admin/audit" {...item}>
            {t("common.nav.audit")}
          </Link>
        </>
      )}
    </nav>
  );
}
