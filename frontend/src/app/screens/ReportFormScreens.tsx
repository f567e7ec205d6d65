import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "~/components/Notice";
import { RequireUser } from "~/pages/RequireUser";
import { EditReportPage, NewReportPage } from "~/pages/reports/form/ReportFormPage";
import { mayWriteReports } from "~/pages/reports/rights";

const fresh = getRouteApi("/frame/reports/new");
const edit = getRouteApi("/frame/reports/$id/edit");

function ForWriters({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <RequireUser>
      {(user) =>
        mayWriteReports(user.role) ? (
          children
        ) : (
          <Notice tone="warn">{t("common.error.forbidden")}</Notice>
        )
      }
    </RequireUser>
  );
}

/** Makes a report, or the one after another. */
export function NewReportScreen() {
  const { after } = fresh.useSearch();
  return (
    <ForWriters>
      <NewReportPage after={after} />
    </ForWriters>
  );
}

/** Changes a draft. */
export function EditReportScreen() {
  const { id } = edit.useParams();
  return (
    <ForWriters>
      <EditReportPage key={id} id={id} />
    </ForWriters>
  );
}
