import { getRouteApi, useRouter } from "@tanstack/react-router";
import { RequireUser } from "~/pages/RequireUser";
import { SessionHomePage } from "~/pages/sessions/SessionHomePage";

const route = getRouteApi("/frame/sessions/$id");

/** A session's own page; the join screen is part of its address, so that the back button closes it. */
export function SessionHomeScreen() {
  const { id } = route.useParams();
  const { screen } = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const onScreen = (invite: string | undefined) => {
    if (invite !== undefined) void navigate({ search: { screen: invite }, resetScroll: false });
    else if (router.history.canGoBack()) router.history.back();
    else void navigate({ search: {}, replace: true });
  };
  return (
    <RequireUser>
      {(user) => (
        <SessionHomePage key={id} id={id} user={user} screen={screen} onScreen={onScreen} />
      )}
    </RequireUser>
  );
}
