import { getRouteApi } from "@tanstack/react-router";
import { Loading } from "~/components/Spinner";
import { useMap } from "~/hooks/useMaps";
import { ShutMap } from "~/pages/ShutMap";
import { TimelinePage } from "~/pages/timeline/TimelinePage";

const route = getRouteApi("/maps/$id/timeline");

/** A map's timeline; its address may name a change and a node to begin with. */
export function TimelineScreen() {
  const { id } = route.useParams();
  const { seq, node } = route.useSearch();
  const map = useMap(id);
  if (map.isPending) return <Loading />;
  if (!map.data) return <ShutMap error={map.error} retry={() => void map.refetch()} />;
  return <TimelinePage key={id} map={map.data} seq={seq ?? null} node={node ?? null} />;
}
