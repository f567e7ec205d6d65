import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { useModelVersion } from "~/hooks/useModelVersion";
import type { NodeId } from "~/map/schema";
import { Board } from "~/pages/links/Board";
import { BoardFilter, EmptyBoard } from "~/pages/links/BoardFilter";
import type { BoardFilter as Filter } from "~/pages/links/filter";
import { boardRows } from "./boardRows";
import styles from "./MapLinks.module.css";
import type { Linking } from "./useLinking";

/** As many rows as anybody goes through before asking for more. */
const SHOWN = 100;

interface MapLinksProps {
  linking: Linking;
  /** Shows an idea in the map. */
  onShow: (id: NodeId) => void;
}

/** The Links board of the open map: as live as the map is. */
export function MapLinks({ linking, onShow }: MapLinksProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>("all");
  const [shown, setShown] = useState(SHOWN);
  const { map, room, cards, decide } = linking;
  const { model } = room;
  const version = useModelVersion(model).any;
  const tallies = room.status.session?.tallies;
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another version other ideas are there
  const rows = useMemo(
    () => boardRows({ map, model, tallies: tallies ?? {}, cards, filter }),
    [map, model, tallies, cards, filter, version],
  );
  return (
    <div className={styles.page}>
      <div className={styles.inner}>
        <div className={styles.head}>
          <h2 className={styles.title}>{t("link.board.title")}</h2>
          <span className={styles.count}>{t("link.board.rows", { count: rows.length })}</span>
          <BoardFilter
            filter={filter}
            onFilter={(next) => {
              setFilter(next);
              setShown(SHOWN);
            }}
          />
        </div>
        {rows.length === 0 ? (
          <EmptyBoard filter={filter} />
        ) : (
          <Board
            rows={rows.slice(0, shown)}
            onLink={({ node }) =>
              linking.gate.withheld("link", { ids: [node] }) || linking.open(node)
            }
            onShow={({ node }) => onShow(node)}
            decide={decide && ((row, target, state) => void decide(row.node, target, state))}
          />
        )}
        {rows.length > shown && (
          <div className={styles.more}>
            <Button onClick={() => setShown(shown + SHOWN)}>{t("common.showMore")}</Button>
          </div>
        )}
      </div>
    </div>
  );
}
