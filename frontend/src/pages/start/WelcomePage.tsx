import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { Button, buttonClass } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useMe, useSignInByLink } from "~/hooks/useMe";
import { PasswordFields, usePasswordForm } from "./PasswordFields";
import styles from "./SignIn.module.css";

// A link works once, and React may run an effect twice: remembered outside of any component.
const used = new Set<string>();

/** Where a sign-in link leads: signs in, then offers to set a password. */
export function WelcomePage({ token }: { token: string | undefined }) {
  const { t } = useTranslation();
  const me = useMe();
  const { mutate, error, isError } = useSignInByLink();
  useEffect(() => {
    if (token === undefined || used.has(token)) return;
    used.add(token);
    mutate(token);
  }, [token, mutate]);
  const user = me.data?.user;
  // A page loaded again after signing in has a used link, and somebody who is in all the same.
  if (user) return <SetFirstPassword name={user.name} isSpent={isError} />;
  if (token === undefined || isError)
    return <LinkProblem error={error} missing={token === undefined} />;
  return (
    <div className={styles.narrow}>
      <PageHeading title={t("start.welcome.title")} text={t("start.welcome.working")} />
      <Loading />
    </div>
  );
}

function LinkProblem({ error, missing }: { error: unknown; missing: boolean }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const spent = error instanceof ApiError && error.status >= 400 && error.status < 500;
  const title = missing
    ? t("start.welcome.noToken")
    : spent
      ? t("start.welcome.used")
      : t("common.error.title");
  const signIn = (
    <Link to="/sign-in" className={buttonClass()}>
      {t("common.nav.signIn")}
    </Link>
  );
  return (
    <div className={styles.narrow}>
      <PageHeading title={t("start.welcome.title")} />
      <Notice tone="danger" title={title} action={signIn}>
        {!missing && (spent ? t("start.welcome.usedText") : explain(error))}
      </Notice>
    </div>
  );
}

/** `isSpent`: the link signed nobody in; who is signed in was so before, and may be somebody else. */
function SetFirstPassword({ name, isSpent }: { name: string; isSpent: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = usePasswordForm({
    withCurrent: false,
    onDone: () => {
      toast({ title: t("start.welcome.done") });
      void navigate({ to: "/", replace: true });
    },
  });
  return (
    <div className={styles.narrow}>
      <PageHeading title={t("start.welcome.signedIn", { name })} text={t("start.welcome.offer")} />
      <form
        className={styles.card}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
      >
        {isSpent && <Notice tone="warn">{t("start.welcome.used")}</Notice>}
        <PasswordFields form={form} />
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" busy={form.busy}>
            {t("start.welcome.button")}
          </Button>
          <Link to="/" replace className={buttonClass({ variant: "quiet" })}>
            {t("start.welcome.skip")}
          </Link>
        </div>
      </form>
    </div>
  );
}
