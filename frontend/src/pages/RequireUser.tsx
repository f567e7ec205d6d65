import { Navigate, useRouter } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Role } from "~/api/types";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { useMe } from "~/hooks/useMe";
import { Problem } from "./Problem";

interface RequireUserProps {
  /** The one role that may see the page; without it every account may. */
  only?: Role;
  children: (user: Account) => ReactNode;
}

/** A page for accounts: who is not signed in is asked to, and comes back here afterwards. */
export function RequireUser({ only, children }: RequireUserProps) {
  const { t } = useTranslation();
  const me = useMe();
  // As it was when the page was opened: it changes while the sign-in page is on its way, and must not then be
  // what one comes back to.
  const router = useRouter();
  const [here] = useState(() => router.state.location.href);
  if (me.isPending) return <Loading />;
  if (!me.data) return <Problem error={me.error} retry={() => void me.refetch()} />;
  const { user } = me.data;
  if (!user) return <Navigate to="/sign-in" search={{ next: here }} replace />;
  if (only && user.role !== only) {
    return (
      <>
        <PageHeading title={t("admin.forbidden.title")} />
        <Notice tone="warn">{t("admin.forbidden.text")}</Notice>
      </>
    );
  }
  return children(user);
}
