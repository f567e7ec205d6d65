import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { IconButton } from "~/components/IconButton";
import { Spinner } from "~/components/Spinner";
import { useCheckpoints, useComparison, useReplay } from "~/hooks/useHistory";
import { modelOf } from "~/map/model";
import type { Replay } from "~/map/replay";
import type { NodeId } from "~/map/schema";
import { Problem } from "~/pages/Problem";
import { BackIcon, backClass } from "~/pages/session/bar/TopBar";
import type { MapController } from "~/pages/session/MapController";
import { BranchSection } from "./BranchSection";
import { Compare, type Places } from "./Compare";
import { differenceLights, type Light, personLights } from "./lights";
import { People } from "./People";
import { Player } from "./Player";
import { TimelineCanvas } from "./TimelineCanvas";
import styles from "./TimelinePage.module.css";
import { useWho } from "./useWho";

interface TimelinePageProps {
  map: MapEntry;
  /** The place of the log to begin at; the end unless said. */
  seq: number | null;
  /** The node to begin with. */
  node: NodeId | null;
}

/** A map after the fact: slide through it, see who wrote what, compare, bring a branch back. */
export function TimelinePage(props: TimelinePageProps) {
  const { map } = props;
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  const { replay, read, error } = useReplay(map.id, round);
  useEffect(() => {
    document.title = t("common.pageTitle", { page: `${t("timeline.title")}: ${map.title}` });
  }, [map.title, t]);
  const again = () => setRound(round + 1);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Link to="/maps/$id" params={{ id: map.id }} className={backClass}>
          <BackIcon words={t("timeline.back")} />
        </Link>
        <h1 className={styles.title}>
          <span dir="auto">{map.title}</span> <small>{t("timeline.title")}</small>
        </h1>
        <IconButton icon={RotateCw} size="s" label={t("timeline.again")} onClick={again} />
      </header>
      {replay && <Timeline key={round} {...props} replay={replay} onRestored={again} />}
      {!replay && (
        <main className={styles.waiting}>
          {error ? (
            <Problem error={error} retry={again} />
          ) : (
            <p role="status">
              <Spinner /> {t("timeline.loading", { count: read })}
            </p>
          )}
        </main>
      )}
    </div>
  );
}

interface TimelineProps extends TimelinePageProps {
  replay: Replay;
  onRestored: () => void;
}

function Timeline({ map, seq, node, replay, onRestored }: TimelineProps) {
  const { t } = useTranslation();
  const [step, setStep] = useState(() => {
    if (seq !== null) replay.goTo(replay.stepOf(seq));
    return replay.step;
  });
  const [selected, setSelected] = useState<NodeId | null>(node);
  const [person, setPerson] = useState<string | null>(null);
  const [places, setPlaces] = useState<Places | null>(null);
  const [controller, setController] = useState<MapController | null>(null);
  const checkpoints = useCheckpoints(map.id);
  const comparison = useComparison(map.id, places);
  const who = useWho(map);

  const goTo = (to: number) => {
    replay.goTo(to);
    setStep(replay.step);
  };
  const compare = (next: Places | null) => {
    setPlaces(next);
    setPerson(null);
    if (next) goTo(replay.stepOf(Number(next.to)));
  };
  const choose = (id: string | null) => {
    setPerson(id);
    setPlaces(null);
  };
  const show = (id: NodeId, at?: string) => {
    if (at !== undefined) goTo(replay.stepOf(Number(at)));
    if (modelOf(replay.shown).node(id)) controller?.view.jumpTo(id);
  };
  const items = comparison.data?.items;
  const lights = useMemo((): readonly Light[] => {
    if (places) return differenceLights(items ?? [], (what) => t(`timeline.compare.${what}`));
    return person === null ? [] : personLights(replay.makers, person, who);
  }, [places, items, person, replay, who, t]);

  return (
    <>
      <main className={styles.body}>
        <section className={styles.stage} aria-label={t("timeline.stage")}>
          <TimelineCanvas
            map={map}
            replay={replay}
            lights={lights}
            selected={node}
            onSelect={setSelected}
            onController={setController}
          />
        </section>
        <aside className={styles.side}>
          <BranchSection {...{ map, replay, step, who, onRestored }} node={selected} />
          <People {...{ replay, step, who, person }} onPerson={choose} />
          <Compare
            {...{ replay, places, comparison }}
            checkpoints={checkpoints.data ?? []}
            onPlaces={compare}
            onShow={show}
          />
        </aside>
      </main>
      <Player replay={replay} step={step} onStep={goTo} checkpoints={checkpoints.data ?? []} />
    </>
  );
}
