import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Loading } from "~/components/Spinner";
import { useMap } from "~/hooks/useMaps";
import { ShutMap } from "~/pages/ShutMap";
import type { MapViewName } from "~/pages/session/bar/ViewSwitch";
import { KeptWords } from "~/pages/session/KeptWords";
import { ProjectorPage } from "~/pages/session/projector/ProjectorPage";
import { SessionPage } from "~/pages/session/SessionPage";

const route = getRouteApi("/maps/$id");
/** On a narrower page than this the outline is the better editor. */
const NARROW = 640;

/** A map. What is looked at is part of its address, so that the back button and a reload keep it. */
export function MapScreen() {
  const { id } = route.useParams();
  const { view, node, projector } = route.useSearch();
  const navigate = route.useNavigate();
  const map = useMap(id);
  // Once: a phone that is turned over in mid-word must not take the editor away.
  const [isNarrow] = useState(() => window.innerWidth < NARROW);
  if (map.isPending) return <Loading />;
  if (!map.data) {
    return (
      <ShutMap error={map.error} retry={() => void map.refetch()}>
        <KeptWords map={id} />
      </ShutMap>
    );
  }
  const onView = (next: MapViewName) => void navigate({ search: { view: next } });
  if (projector) {
    return <ProjectorPage map={map.data} onLeave={() => void navigate({ search: {} })} />;
  }
  return (
    <SessionPage
      key={id}
      map={map.data}
      view={view ?? (isNarrow ? "outline" : "map")}
      onView={onView}
      node={node ?? null}
    />
  );
}
