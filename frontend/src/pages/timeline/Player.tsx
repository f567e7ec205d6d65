import { Flag, Pause, Play } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Checkpoint } from "~/api/types";
import { formatDateTime } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import type { Replay } from "~/map/replay";
import styles from "./Player.module.css";
import { growthPath, positionsOf, stepAt } from "./scale";

/** A log is played in so long, at most; a short one in as long as one can follow. */
const LENGTH_MS = 30_000;
const STEP_MS = 120;
/** The map is drawn so often meanwhile. */
const FRAME_MS = 80;
/** The slider's own grain. */
const GRAIN = 10_000;

interface PlayerProps {
  replay: Replay;
  step: number;
  onStep: (step: number) => void;
  checkpoints: readonly Checkpoint[];
}

/** The session's growth as a line to slide along, with its rounds and checkpoints. */
export function Player({ replay, step, onStep, checkpoints }: PlayerProps) {
  const { t } = useTranslation();
  const { steps } = replay;
  const positions = useMemo(() => positionsOf(steps), [steps]);
  const path = useMemo(() => growthPath(steps, positions), [steps, positions]);
  const last = steps.length - 1;
  const position = positions[step] ?? 0;
  const { playing, toggle, stop } = usePlaying({ positions, step, onStep, last });
  const now = steps[step];
  const when = now ? formatDateTime(now.at) : "";
  const count = now?.size ?? 0;

  const onKeyDown = (event: KeyboardEvent) => {
    const leap = Math.max(1, Math.round(steps.length / 20));
    const by: Record<string, number> = {
      ArrowRight: step + 1,
      ArrowUp: step + 1,
      ArrowLeft: step - 1,
      ArrowDown: step - 1,
      PageUp: step + leap,
      PageDown: step - leap,
      Home: 0,
      End: last,
    };
    const to = by[event.key];
    if (to !== undefined) {
      stop();
      onStep(Math.max(0, Math.min(last, to)));
    } else if (event.key === " ") toggle();
    else return;
    event.preventDefault();
  };

  return (
    <section className={styles.player} aria-label={t("timeline.player.label")}>
      <IconButton
        icon={playing ? Pause : Play}
        label={t(playing ? "timeline.player.pause" : "timeline.player.play")}
        onClick={toggle}
      />
      <div className={styles.line}>
        <svg
          className={styles.chart}
          viewBox="0 0 1 1"
          preserveAspectRatio="none"
          role="img"
          aria-label={t("timeline.player.growth")}
        >
          <path className={styles.area} d={path} />
          <rect className={styles.past} x={0} y={0} width={position} height={1} />
        </svg>
        <input
          type="range"
          className={styles.slider}
          min={0}
          max={GRAIN}
          value={Math.round(position * GRAIN)}
          aria-label={t("timeline.player.slider")}
          aria-valuetext={t("timeline.player.value", { when, count, n: step + 1, of: last + 1 })}
          title={t("timeline.player.hint")}
          onChange={({ target }) => {
            stop();
            onStep(stepAt(positions, Number(target.value) / GRAIN));
          }}
          onKeyDown={onKeyDown}
        />
        <Marks {...{ replay, positions, checkpoints }} onStep={(to) => onStep(to)} />
      </div>
      <p className={styles.now}>
        <strong>{when}</strong>
        <span>{t("timeline.player.ideas", { count })}</span>
      </p>
    </section>
  );
}

interface MarksProps extends Pick<PlayerProps, "replay" | "checkpoints" | "onStep"> {
  positions: readonly number[];
}

function Marks({ replay, positions, checkpoints, onStep }: MarksProps) {
  const { t } = useTranslation();
  const marks = checkpoints.map((it) => ({ ...it, step: replay.stepOf(it.seq) }));
  const there = marks.filter(({ step }) => step >= 0);
  if (there.length === 0) return null;
  return (
    <ul className={styles.marks} aria-label={t("timeline.player.marks")}>
      {there.map(({ id, title, round, step }) => {
        const words = t(round ? "timeline.player.round" : "timeline.player.checkpoint", { title });
        return (
          <li key={id} className={styles.mark} style={{ left: `${(positions[step] ?? 0) * 100}%` }}>
            <button type="button" title={words} aria-label={words} onClick={() => onStep(step)}>
              <Flag aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface Playing {
  positions: readonly number[];
  step: number;
  last: number;
  onStep: (step: number) => void;
}

/** Plays on from the step that is shown, and stops at the end. */
function usePlaying({ positions, step, last, onStep }: Playing) {
  const [playing, setPlaying] = useState(false);
  const latest = useRef({ step, onStep });
  latest.current = { step, onStep };
  useEffect(() => {
    if (!playing) return;
    let position = positions[latest.current.step] ?? 0;
    const timer = setInterval(() => {
      position += FRAME_MS / Math.min(LENGTH_MS, (last + 1) * STEP_MS);
      const next = stepAt(positions, position);
      if (next > latest.current.step) latest.current.onStep(next);
      if (next >= last) setPlaying(false);
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [playing, positions, last]);
  const toggle = () => {
    if (!playing && step >= last) onStep(0);
    setPlaying(!playing);
  };
  return { playing, toggle, stop: () => setPlaying(false) };
}
