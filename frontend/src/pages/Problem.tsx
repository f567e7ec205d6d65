import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { Button, buttonClass } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { useExplain } from "~/hooks/useExplain";

/** What stands in place of data that could not be read: why, in words, and what can be done. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const next = useRouterState({ select: (state) => state.location.href });
  const signedOut = error instanceof ApiError && error.code === "unauthenticated";
  const action = signedOut ? (
    <Link to="/sign-in" search={{ next }} className={buttonClass({ variant: "primary" })}>
      {t("common.nav.signIn")}
    </Link>
  ) : (
    retry && <Button onClick={retry}>{t("common.retry")}</Button>
  );
  return (
    <Notice tone="danger" title={t("common.error.title")} action={action}>
      {explain(error)}
    </Notice>
  );
}
