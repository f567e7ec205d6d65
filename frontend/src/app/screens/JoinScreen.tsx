import { getRouteApi } from "@tanstack/react-router";
import { JoinPage } from "~/pages/join/JoinPage";

const route = getRouteApi("/frame/join/$code");

/** Where a join link leads. Another code is another page: nothing of the first stays. */
export function JoinScreen() {
  const { code } = route.useParams();
  return <JoinPage key={code} code={code} />;
}
