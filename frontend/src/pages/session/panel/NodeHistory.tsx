import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Deed } from "~/api/types";
import { DOT, formatDateTime } from "~/components/format";
import { useNodeAuthors } from "~/hooks/useHistory";
import type { MapNode } from "~/map/model";
import styles from "./NodeHistory.module.css";
import type { NameOf } from "./useNames";

interface NodeHistoryProps {
  map: string;
  node: MapNode;
  nameOf: NameOf;
}

/** Who wrote a node, who changed it last, and all that was done to it, as the server knows it. */
export function NodeHistory({ map, node, nameOf }: NodeHistoryProps) {
  const { t } = useTranslation();
  const { data } = useNodeAuthors(map, node.id, node);
  const name = (deed: Deed) =>
    deed.participant === null ? t("timeline.people.somebody") : nameOf(deed.participant);
  // What the log does not tell, of a map that was purged, the node itself may.
  const made = data?.made?.participant
    ? { name: name(data.made), when: formatDateTime(data.made.at) }
    : node.made && { name: nameOf(node.made.by), when: formatDateTime(node.made.at) };
  const history = data?.history ?? [];
  return (
    <section className={styles.history}>
      {made && <p>{t("timeline.node.made", made)}</p>}
      {data?.changed && (
        <p>
          {t("timeline.node.changed", {
            name: name(data.changed),
            when: formatDateTime(data.changed.until),
          })}
        </p>
      )}
      {history.length > 1 && (
        <details>
          <summary>{t("timeline.node.history")}</summary>
          <ol className={styles.deeds} reversed>
            {history.toReversed().map((deed) => (
              <li key={`${deed.seq} ${deed.what}`}>
                <Link
                  to="/maps/$id/timeline"
                  params={{ id: map }}
                  search={{ seq: deed.seq, node: node.id }}
                  title={t("timeline.node.goTo")}
                >
                  {formatDateTime(deed.until)}
                </Link>{" "}
                {t(`timeline.node.deeds.${deed.what as "made"}`)}
                {DOT}
                {name(deed)}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
