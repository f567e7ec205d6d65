import { useTranslation } from "react-i18next";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";

/** Puts the arrows at a node into words, one a line; nothing where there are none. */
export function useRelated(model: MapModel): (id: NodeId) => string {
  const { t } = useTranslation();
  return (id) =>
    model
      .relationsAt(id)
      .map(({ from, to, label }) => {
        const way = from === id ? "relatedTo" : "relatedFrom";
        const text = model.node(from === id ? to : from)?.text || t("map.node.empty");
        return label === ""
          ? t(`outline.${way}`, { text })
          : t(`outline.${way}Labelled`, { text, label });
      })
      .join("\n");
}
