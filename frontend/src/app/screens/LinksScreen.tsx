import { getRouteApi } from "@tanstack/react-router";
import { readFilter } from "~/pages/links/filter";
import { LinksPage } from "~/pages/links/LinksPage";
import { RequireUser } from "~/pages/RequireUser";

const route = getRouteApi("/frame/sessions/$id/links");

/** The Links board; what it shows is part of its address. */
export function LinksScreen() {
  const { id } = route.useParams();
  const { linked } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <RequireUser>
      {(user) => (
        <LinksPage
          {...{ id, user }}
          filter={readFilter(linked)}
          onFilter={(filter) =>
            void navigate({
              search: filter === "all" ? {} : { linked: filter },
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
    </RequireUser>
  );
}
