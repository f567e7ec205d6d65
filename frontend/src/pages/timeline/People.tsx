import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/components/Avatar";
import { modelOf } from "~/map/model";
import type { Replay } from "~/map/replay";
import styles from "./Side.module.css";
import type { Who } from "./useWho";

interface PeopleProps {
  replay: Replay;
  step: number;
  who: Who;
  /** Whose ideas stand out; null for nobody's. */
  person: string | null;
  onPerson: (id: string | null) => void;
}

/** Who wrote how much of what is on the map at this time; choosing one shows where. */
export function People({ replay, step, who, person, onPerson }: PeopleProps) {
  const { t } = useTranslation();
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is another map
  const counts = useMemo(() => countsOf(replay), [replay, step]);
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{t("timeline.people.title")}</h2>
      <p className={styles.hint}>{t("timeline.people.hint")}</p>
      <ul className={styles.people}>
        {counts.map(([by, count]) => (
          <li key={by}>
            <button
              type="button"
              className={styles.person}
              aria-pressed={person === by}
              onClick={() => onPerson(person === by ? null : by)}
            >
              <Avatar id={by} name={who.nameOf(by)} size="s" />
              <span className={styles.name} dir="auto">
                {who.nameOf(by)}
              </span>
              <span className={styles.count}>{t("timeline.people.count", { count })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many of the shown nodes each has made, the most first. */
function countsOf(replay: Replay): [string, number][] {
  const counts = new Map<string, number>();
  for (const { id } of modelOf(replay.shown).walk()) {
    const by = replay.makers.get(id) ?? "";
    counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  return [...counts].sort(([a, most], [b, next]) => next - most || (a > b ? 1 : -1));
}
