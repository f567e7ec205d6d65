import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { useMap } from "~/hooks/useMaps";
import { Problem } from "~/pages/Problem";

const route = getRouteApi("/maps/$id");

/** A map. */
export function MapScreen() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const map = useMap(id);
  if (map.isPending) return <Loading />;
  if (!map.data) return <Problem error={map.error} retry={() => void map.refetch()} />;
  return (
    <>
      <PageHeading title={map.data.title} />
      <Notice>{t("join.you", { name: map.data.me.pseudonym })}</Notice>
    </>
  );
}
