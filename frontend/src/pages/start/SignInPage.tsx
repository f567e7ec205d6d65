import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { Button } from "~/components/Button";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { useExplain } from "~/hooks/useExplain";
import { useSignIn } from "~/hooks/useMe";
import styles from "./SignIn.module.css";
import { safeNext } from "./safeNext";

/** Signing in with e-mail address and password. `next` is where the person wanted to go. */
export function SignInPage({ next }: { next: string | undefined }) {
  const { t } = useTranslation();
  return (
    <div className={styles.narrow}>
      <PageHeading title={t("start.signIn.title")} text={t("start.signIn.text")} />
      <SignInForm next={next} />
      <p className={styles.below}>
        <Link to="/join">{t("start.signIn.joinInstead")}</Link>
      </p>
    </div>
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
