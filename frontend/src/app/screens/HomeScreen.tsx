import { getRouteApi } from "@tanstack/react-router";
import { Loading } from "~/components/Spinner";
import { useMe } from "~/hooks/useMe";
import { Problem } from "~/pages/Problem";
import { SessionsPage } from "~/pages/sessions/SessionsPage";
import type { SessionSearch } from "~/pages/sessions/search";
import { StartPage } from "~/pages/start/StartPage";

const route = getRouteApi("/frame/");

/** The home page: the sessions for who is signed in, the way in for everyone else. */
export function HomeScreen() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  if (me.isPending) return <Loading />;
  if (!me.data) return <Problem error={me.error} retry={() => void me.refetch()} />;
  if (!me.data.user) return <StartPage />;
  // Typing in the search box must not fill the history with every pause.
  const onSearch = (next: SessionSearch) =>
    void navigate({ search: next, replace: next.q !== search.q });
  return <SessionsPage user={me.data.user} search={search} onSearch={onSearch} />;
}
