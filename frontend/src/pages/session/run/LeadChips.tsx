import { Megaphone, Radio, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { IconButton } from "~/components/IconButton";
import type { MapModel } from "~/map/model";
import styles from "~/pages/session/run/LeadChips.module.css";
import type { Calling } from "~/pages/session/run/useCall";
import type { Following } from "~/pages/session/run/useFollow";

interface LeadChipsProps {
  model: MapModel;
  calling: Calling;
  following: Following;
  /** Ends leading. */
  onEnd: () => void;
}

/** Over the map: a facilitator calls, leads, or waits for one to come back. */
export function LeadChips({ model, calling, following, onEnd }: LeadChipsProps) {
  const { t } = useTranslation();
  const { leader, follows, isLeading, resume, stop } = following;
  const text = calling.node === null ? "" : (model.node(calling.node)?.text ?? "");
  return (
    <div className={styles.chips} data-chips role="status">
      {calling.node !== null && (
        <div className={styles.chip}>
          <Megaphone aria-hidden="true" className={styles.icon} />
          <span className={styles.words}>{t("run.call.here", { text })}</span>
          <Button size="s" onClick={calling.go}>
            {t("run.call.go")}
          </Button>
          <IconButton icon={X} size="s" label={t("common.dismiss")} onClick={calling.dismiss} />
        </div>
      )}
      {leader && (
        <div className={styles.chip}>
          <Radio aria-hidden="true" className={styles.icon} />
          <span className={styles.words}>
            {t(follows ? "run.follow.following" : "run.follow.away", { name: leader.name })}
          </span>
          <Button
            size="s"
            variant={follows ? "secondary" : "primary"}
            onClick={follows ? stop : resume}
          >
            {t(follows ? "run.follow.stop" : "run.follow.resume")}
          </Button>
        </div>
      )}
      {isLeading && (
        <div className={styles.chip}>
          <Radio aria-hidden="true" className={styles.icon} />
          <span className={styles.words}>{t("run.follow.leading")}</span>
          <Button size="s" onClick={onEnd}>
            {t("run.follow.end")}
          </Button>
        </div>
      )}
    </div>
  );
}
