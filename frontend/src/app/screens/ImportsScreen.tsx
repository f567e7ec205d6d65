import { getRouteApi } from "@tanstack/react-router";
import { ImportPage } from "~/pages/imports/ImportPage";
import { ImportsPage } from "~/pages/imports/ImportsPage";
import { RequireUser } from "~/pages/RequireUser";

const imports = getRouteApi("/frame/catalogue/imports");

/** Imports, and one of them, for those who keep the catalogue. */
export function ImportsScreen() {
  const { import: id } = imports.useSearch();
  const navigate = imports.useNavigate();
  return (
    <RequireUser>
      {() =>
        id === undefined ? (
          <ImportsPage onOpen={(next) => void navigate({ search: { import: next } })} />
        ) : (
          <ImportPage key={id} id={id} />
        )
      }
    </RequireUser>
  );
}
