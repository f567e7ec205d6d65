import { getRouteApi } from "@tanstack/react-router";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "~/api/types";
import { Notice } from "~/components/Notice";
import { CatalogueFrame } from "~/pages/catalogue/CatalogueFrame";
import { EditRecordPage, NewRecordPage } from "~/pages/catalogue/form/RecordFormPage";
import { mayWrite } from "~/pages/catalogue/rights";
import { EvidenceSheet, FitSheet, GapSheet, SolutionSheet } from "~/pages/catalogue/sheet/sheets";
import { RequireUser } from "~/pages/RequireUser";

interface SheetProps {
  id: string;
  user: Account;
}

/** The screen of a record's sheet. Another record is another page: nothing of the first stays. */
function sheetScreen(
  path: "gaps" | "solutions" | "fits" | "evidence",
  Sheet: ComponentType<SheetProps>,
) {
  const route = getRouteApi(`/frame/catalogue/${path}/$id`);
  return function SheetScreen() {
    const { id } = route.useParams();
    return (
      <RequireUser>
        {(user) => (
          <CatalogueFrame user={user}>
            <Sheet key={id} id={id} user={user} />
          </CatalogueFrame>
        )}
      </RequireUser>
    );
  };
}

/** A gap. */
export const GapScreen = sheetScreen("gaps", GapSheet);
/** A solution. */
export const SolutionScreen = sheetScreen("solutions", SolutionSheet);
/** A fit. */
export const FitScreen = sheetScreen("fits", FitSheet);
/** A piece of evidence. */
export const OneEvidenceScreen = sheetScreen("evidence", EvidenceSheet);

function ForWriters({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <RequireUser>
      {(user) => (
        <CatalogueFrame user={user}>
          {mayWrite(user.role) ? (
            children
          ) : (
            <Notice tone="warn">{t("common.error.forbidden")}</Notice>
          )}
        </CatalogueFrame>
      )}
    </RequireUser>
  );
}

const newSolution = getRouteApi("/frame/catalogue/solutions/new");
const editGap = getRouteApi("/frame/catalogue/gaps/$id/edit");
const editSolution = getRouteApi("/frame/catalogue/solutions/$id/edit");

/** Makes a gap. */
export function NewGapScreen() {
  return (
    <ForWriters>
      <NewRecordPage kind="gap" />
    </ForWriters>
  );
}

/** Makes a solution, or the result of one. */
export function NewSolutionScreen() {
  const { parent } = newSolution.useSearch();
  return (
    <ForWriters>
      <NewRecordPage kind="solution" {...(parent !== undefined && { given: { parent } })} />
    </ForWriters>
  );
}

/** Changes a gap. */
export function EditGapScreen() {
  const { id } = editGap.useParams();
  return (
    <ForWriters>
      <EditRecordPage key={id} kind="gap" id={id} />
    </ForWriters>
  );
}

/** Changes a solution. */
export function EditSolutionScreen() {
  const { id } = editSolution.useParams();
  return (
    <ForWriters>
      <EditRecordPage key={id} kind="solution" id={id} />
    </ForWriters>
  );
}
