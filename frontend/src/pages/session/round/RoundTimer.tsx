import { Pause, Timer as TimerIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "~/components/classes";
import { clockFace, type TimeLeft } from "~/hooks/useTimeLeft";
import styles from "~/pages/session/round/RoundBar.module.css";

const MINUTE = 60_000;

/** The time that is left, by the server's clock. It is spoken a few times only, not each second. */
export function RoundTimer({ left }: { left: TimeLeft }) {
  const { t } = useTranslation();
  const time = clockFace(left.ms);
  const words = left.paused
    ? t("run.timer.paused")
    : left.ms > 0
      ? t("run.timer.left", { time })
      : t("run.timer.overBy", { time });
  const Icon = left.paused ? Pause : TimerIcon;
  const tone = left.paused ? null : left.ms <= 0 ? styles.over : left.ms <= MINUTE && styles.soon;
  return (
    <span className={classes(styles.timer, tone)} title={words}>
      <Icon aria-hidden="true" className={styles.icon} />
      <span className="visually-hidden">{t("run.timer.label")}: </span>
      <time className={styles.time}>{left.ms > 0 ? time : `−${time}`}</time>
      {left.paused && <span className="visually-hidden">({t("run.timer.paused")})</span>}
      <TimerNews left={left} />
    </span>
  );
}

/** Says when a minute is left, and when the time is up. */
function TimerNews({ left }: { left: TimeLeft }) {
  const { t } = useTranslation();
  const stage = left.paused ? "" : left.ms <= 0 ? "over" : left.ms <= MINUTE ? "soon" : "";
  const [first] = useState(stage);
  const [isNews, setNews] = useState(false);
  useEffect(() => {
    if (stage !== first) setNews(true);
  }, [stage, first]);
  return (
    <span className="visually-hidden" role="status">
      {isNews && stage !== "" && t(`run.timer.${stage}`)}
    </span>
  );
}
