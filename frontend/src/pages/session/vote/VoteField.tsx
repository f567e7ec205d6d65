import { Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/components/IconButton";
import type { NodeId } from "~/map/schema";
import { keyLabel } from "~/pages/session/keys/label";
import type { Voting } from "~/pages/session/vote/useVoting";
import styles from "~/pages/session/vote/Vote.module.css";

/** In the panel of a node: one's votes for it, or what it got in a vote that is closed. */
export function VoteField({ voting, id, tally }: { voting: Voting; id: NodeId; tally: number }) {
  const { t } = useTranslation();
  const n = voting.mine[id] ?? 0;
  const reason = voting.reason(id);
  if (!voting.vote && tally === 0) return null;
  return (
    <section className={styles.field} aria-label={t("run.vote.title")}>
      <h3 className={styles.heading}>{t("run.vote.title")}</h3>
      {voting.vote ? (
        <div className={styles.stepper}>
          <IconButton
            icon={Minus}
            label={t("run.vote.take")}
            keys={keyLabel("Shift+V")}
            disabled={n === 0 || voting.isPaused}
            onClick={() => voting.change(id, -1)}
          />
          <output className={styles.mine}>
            {voting.left !== null && t("run.vote.mine", { count: n })}
          </output>
          <IconButton
            icon={Plus}
            label={t("run.vote.give")}
            keys={keyLabel("V")}
            disabled={reason !== null}
            onClick={() => voting.change(id, 1)}
          />
          {reason !== null && <p className={styles.reason}>{reason}</p>}
        </div>
      ) : (
        <p>{t("run.vote.tally", { count: tally })}</p>
      )}
    </section>
  );
}
