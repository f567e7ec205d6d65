import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { CatalogueFrame } from "~/pages/catalogue/CatalogueFrame";
import { mayWrite } from "~/pages/catalogue/rights";
import { ImportPage } from "~/pages/imports/ImportPage";
import { ImportsPage } from "~/pages/imports/ImportsPage";
import { RequireUser } from "~/pages/RequireUser";

const imports = getRouteApi("/frame/catalogue/imports");

/** Imports, and one of them, for those who keep the catalogue. */
export function ImportsScreen() {
  const { t } = useTranslation();
  const { import: id } = imports.useSearch();
  const navigate = imports.useNavigate();
  return (
    <RequireUser>
      {(user) => (
        <CatalogueFrame user={user}>
          {!mayWrite(user.role) ? (
            <>
              <PageHeading title={t("imports.forbidden.title")} />
              <Notice tone="warn">{t("imports.forbidden.text")}</Notice>
            </>
          ) : id === undefined ? (
            <ImportsPage onOpen={(next) => void navigate({ search: { import: next } })} />
          ) : (
            <ImportPage key={id} id={id} />
          )}
        </CatalogueFrame>
      )}
    </RequireUser>
  );
}
