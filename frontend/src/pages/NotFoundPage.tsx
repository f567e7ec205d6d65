import { Link } from "@tanstack/react-router";
import { MapPinOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { PageHeading } from "~/components/PageHeading";

/** For an address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  const home = (
    <Link to="/" className={buttonClass({ variant: "primary" })}>
      {t("common.notFound.home")}
    </Link>
  );
  return (
    <>
      <PageHeading title={t("common.notFound.title")} />
      <EmptyState
        icon={MapPinOff}
        title={t("common.error.notFound")}
        text={t("common.notFound.text")}
        action={home}
      />
    </>
  );
}
