import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Checkpoint, Comparison, NodeDifference } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { formatTime } from "~/components/format";
import { type Option, Select } from "~/components/Select";
import type { Replay } from "~/map/replay";
import type { NodeId } from "~/map/schema";
import { Problem } from "~/pages/Problem";
import { becameOf } from "./lights";
import styles from "./Side.module.css";

/** Two places of the log, as text. */
export interface Places {
  from: string;
  to: string;
}

interface CompareProps {
  replay: Replay;
  checkpoints: readonly Checkpoint[];
  places: Places | null;
  comparison: { data: Comparison | undefined; error: unknown; isFetching: boolean };
  onPlaces: (places: Places | null) => void;
  /** Shows a node on the map; where it is said, as the map was then. */
  onShow: (node: NodeId, at?: string) => void;
}

/** What differs between two checkpoints, as a list; the map shows where. */
export function Compare(props: CompareProps) {
  const { replay, checkpoints, places, comparison, onPlaces, onShow } = props;
  const { t } = useTranslation();
  const id = useId();
  const options = useOptions(replay, checkpoints);
  const first = options[0]?.value ?? "";
  const last = options.at(-1)?.value ?? "";
  const chosen = places ?? { from: first, to: last };
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{t("timeline.compare.title")}</h2>
      <div className={styles.places}>
        <Select
          label={t("timeline.compare.from")}
          value={chosen.from}
          options={options}
          onChange={(from) => onPlaces({ ...chosen, from })}
        />
        <Select
          label={t("timeline.compare.to")}
          value={chosen.to}
          options={options}
          onChange={(to) => onPlaces({ ...chosen, to })}
        />
      </div>
      {places ? (
        <Button size="s" variant="quiet" onClick={() => onPlaces(null)}>
          {t("timeline.compare.stop")}
        </Button>
      ) : (
        <Button size="s" onClick={() => onPlaces(chosen)}>
          {t("timeline.compare.title")}
        </Button>
      )}
      {places && comparison.error !== null && comparison.error !== undefined && (
        <Problem error={comparison.error} />
      )}
      {places && comparison.isFetching && <p role="status">{t("timeline.compare.loading")}</p>}
      {places && comparison.data && !comparison.isFetching && (
        <Differences comparison={comparison.data} places={places} onShow={onShow} />
      )}
    </section>
  );
}

/** The beginning, all checkpoints that can be gone to, and the end. */
function useOptions(replay: Replay, checkpoints: readonly Checkpoint[]): Option<string>[] {
  const { t } = useTranslation();
  const [first, last] = [replay.steps[0], replay.steps.at(-1)];
  const within = checkpoints.filter(
    ({ seq }) => first && last && first.seq < seq && seq < last.seq,
  );
  const named = new Map(
    within.map(({ seq, title, at }) => [String(seq), `${title} (${formatTime(at)})`]),
  );
  return [
    { value: String(first?.seq ?? ""), label: t("timeline.compare.start") },
    ...[...named].map(([value, label]) => ({ value, label })),
    { value: String(last?.seq ?? ""), label: t("timeline.compare.now") },
  ];
}

interface DifferencesProps {
  comparison: Comparison;
  places: Places;
  onShow: CompareProps["onShow"];
}

function Differences({ comparison, places, onShow }: DifferencesProps) {
  const { t } = useTranslation();
  const { items, more } = comparison;
  if (items.length === 0) return <p className={styles.hint}>{t("timeline.compare.same")}</p>;
  return (
    <>
      <p className={styles.hint} role="status">
        {t("timeline.compare.count", { count: items.length + more })}
      </p>
      <ul className={styles.differences}>
        {items.map((it) => (
          <li key={it.node}>
            <DifferenceItem
              it={it}
              onShow={() => onShow(it.node, it.what === "deleted" ? places.from : places.to)}
            />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.hint}>{t("timeline.compare.more", { count: more })}</p>}
    </>
  );
}

const TONES = { added: "ok", deleted: "danger", changed: "warn", moved: "accent" } as const;

function DifferenceItem({ it, onShow }: { it: NodeDifference; onShow: () => void }) {
  const { t } = useTranslation();
  const became = becameOf(it);
  const none = t("timeline.compare.nothing");
  const path = (words: readonly string[]) => words.slice(1).join(" › ") || words[0] || none;
  const pair = (change: { before: string | null; after: string | null }) => ({
    before: change.before ?? none,
    after: change.after ?? none,
  });
  return (
    <button type="button" className={styles.difference} onClick={onShow}>
      <Badge tone={TONES[became]}>{t(`timeline.compare.${became}`)}</Badge>
      {it.text ? (
        <span className={styles.texts} dir="auto">
          <del>{it.text.before || t("map.node.empty")}</del>{" "}
          <ins>{it.text.after || t("map.node.empty")}</ins>
        </span>
      ) : (
        <span className={styles.texts} dir="auto">
          {it.words || t("map.node.empty")}
        </span>
      )}
      {it.note && <span>{t("timeline.compare.note")}</span>}
      {it.kind && <span>{t("timeline.compare.kind", pair(it.kind))}</span>}
      {it.colour && <span>{t("timeline.compare.colour", pair(it.colour))}</span>}
      {it.links && <span>{t("timeline.compare.links")}</span>}
      {it.path.length > 0 && (
        <span dir="auto">{t("timeline.compare.under", { path: path(it.path) })}</span>
      )}
      {it.moved_from && (
        <span dir="auto">{t("timeline.compare.wasUnder", { path: path(it.moved_from) })}</span>
      )}
    </button>
  );
}
