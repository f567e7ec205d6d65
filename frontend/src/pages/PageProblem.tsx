import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { PageHeading } from "~/components/PageHeading";
import { NotFoundPage } from "./NotFoundPage";
import { Problem } from "./Problem";

/** In place of a whole page whose data could not be read: it has a heading and a name in the browser all the same. */
export function PageProblem({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError && error.code === "not_found") return <NotFoundPage />;
  return (
    <>
      <PageHeading title={t("common.error.title")} />
      <Problem error={error} retry={retry} />
    </>
  );
}
