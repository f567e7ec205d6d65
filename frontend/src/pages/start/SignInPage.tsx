import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { providerAddress } from "~/api/me";
import { Button, buttonClass } from "~/components/Button";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { useExplain } from "~/hooks/useExplain";
import { useSignIn, useSignInMethods } from "~/hooks/useMe";
import styles from "./SignIn.module.css";
import { safeNext } from "./safeNext";

/** Why the identity provider led back without signing in; the server's words for it. */
const PROBLEMS = [
  "unavailable",
  "refused",
  "expired",
  "invalid",
  "unverified",
  "unknown",
  "disabled",
] as const;

/** Signing in with e-mail address and password. `next` is where the person wanted to go. */
export function SignInPage({ next, problem }: { next: string | undefined; problem?: string }) {
  const { t } = useTranslation();
  const why = PROBLEMS.find((it) => it === problem);
  return (
    <div className={styles.narrow}>
      <PageHeading title={t("start.signIn.title")} text={t("start.signIn.text")} />
      {why && <Notice tone="danger">{t(`start.signIn.problem.${why}`)}</Notice>}
      <ProviderLink next={next} />
      <SignInForm next={next} />
      <p className={styles.below}>
        <Link to="/join">{t("start.signIn.joinInstead")}</Link>
      </p>
    </div>
  );
}

/** The way to the identity provider, where there is one. It is a page of the server's, not of the app's. */
function ProviderLink({ next }: { next: string | undefined }) {
  const { t } = useTranslation();
  const methods = useSignInMethods();
  if (!methods.data?.oidc) return null;
  return (
    <>
      <a
        href={providerAddress(safeNext(next))}
        className={buttonClass({ variant: "primary", size: "l" })}
      >
        {t("start.signIn.provider")}
      </a>
      <p className={styles.or}>{t("start.signIn.or")}</p>
    </>
  );
}

function SignInForm({ next }: { next: string | undefined }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const wrong = signIn.error instanceof ApiError && signIn.error.code === "unauthenticated";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() === "" || password === "") {
      form.current
        ?.querySelector<HTMLElement>(email.trim() === "" ? "[name=email]" : "[name=password]")
        ?.focus();
      return;
    }
    signIn.mutate(
      { email: email.trim(), password },
      { onSuccess: () => void navigate({ to: safeNext(next), replace: true }) },
    );
  };
  return (
    <form ref={form} className={styles.card} onSubmit={submit} noValidate>
      {signIn.error && (
        <Notice tone="danger">{wrong ? t("start.signIn.wrong") : explain(signIn.error)}</Notice>
      )}
      <TextField
        label={t("start.signIn.email")}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={tried && email.trim() === "" ? t("start.signIn.noEmail") : null}
      />
      <TextField
        label={t("start.signIn.password")}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={tried && password === "" ? t("start.signIn.noPassword") : null}
        hint={t("start.signIn.forgotten")}
      />
      <Button type="submit" variant="primary" size="l" busy={signIn.isPending}>
        {t("start.signIn.button")}
      </Button>
    </form>
  );
}
