import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { RequireUser } from "~/pages/RequireUser";
import { ReportsPage } from "~/pages/reports/ReportsPage";
import { type ReportSearch, readReportSearch } from "~/pages/reports/search";
import { ReportPage } from "~/pages/reports/view/ReportPage";
import { readReportViewSearch } from "~/pages/reports/view/search";

const list = getRouteApi("/frame/reports");
const one = getRouteApi("/frame/reports/$id");

/** The reports. */
export function ReportsScreen() {
  const raw = list.useSearch();
  // The router leaves in what the route's own reading has left out.
  const search = useMemo(() => readReportSearch({ ...raw }), [raw]);
  const navigate = list.useNavigate();
  const onSearch = useCallback(
    // Typing in the search box must not fill the history with every pause.
    (next: ReportSearch) => void navigate({ search: next, replace: next.q !== search.q }),
    [navigate, search.q],
  );
  return (
    <RequireUser>
      {(user) => <ReportsPage user={user} search={search} onSearch={onSearch} />}
    </RequireUser>
  );
}

/** A report. Another one is another page: nothing of the first stays. */
export function ReportScreen() {
  const { id } = one.useParams();
  const raw = one.useSearch();
  const search = useMemo(() => readReportViewSearch({ ...raw }), [raw]);
  return (
    <RequireUser>
      {(user) => <ReportPage key={id} id={id} user={user} search={search} />}
    </RequireUser>
  );
}
