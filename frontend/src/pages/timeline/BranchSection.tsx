import { History } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { formatDateTime } from "~/components/format";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useRestoreBranch } from "~/hooks/useHistory";
import { useMe } from "~/hooks/useMe";
import { modelOf } from "~/map/model";
import type { Replay } from "~/map/replay";
import type { NodeId } from "~/map/schema";
import { mayRunSessions } from "~/pages/sessions/rights";
import styles from "./Side.module.css";
import type { Who } from "./useWho";

interface BranchSectionProps {
  map: MapEntry;
  replay: Replay;
  step: number;
  who: Who;
  node: NodeId | null;
  onRestored: () => void;
}

/** The selected node as it was, and the way to bring its branch back. */
export function BranchSection({ map, replay, step, who, node, onRestored }: BranchSectionProps) {
  const { t } = useTranslation();
  const id = useId();
  const [asking, setAsking] = useState(false);
  const explain = useExplain();
  const restore = useRestoreBranch(map.id);
  const why = useWhyNot(map);
  const found = node === null ? undefined : modelOf(replay.shown).node(node);
  const then = replay.steps[step];
  const run = async () => {
    if (!found || !then) return;
    const { changed } = await restore.mutateAsync({ node: found.id, seq: then.seq });
    const title = changed
      ? t("timeline.branch.restored", { count: changed })
      : t("timeline.branch.nothing");
    toast({ title });
    if (changed) onRestored();
  };
  const text = found?.text || t("map.node.empty");
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{t("timeline.branch.title")}</h2>
      {!found && <p className={styles.hint}>{t("timeline.branch.none")}</p>}
      {found && (
        <>
          <p className={styles.words} dir="auto">
            {text}
          </p>
          <p className={styles.hint}>
            {t("timeline.branch.by", { name: who.nameOf(replay.makers.get(found.id) ?? "") })}
          </p>
          <Button icon={History} size="s" disabled={why !== null} onClick={() => setAsking(true)}>
            {t("timeline.branch.restore")}
          </Button>
          {why !== null && <p className={styles.hint}>{why}</p>}
        </>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("timeline.branch.restoreTitle", { text })}
        text={t("timeline.branch.restoreText", { when: then ? formatDateTime(then.at) : "" })}
        confirm={t("timeline.branch.restore")}
        onConfirm={run}
        explain={explain}
      />
    </section>
  );
}

/** Why a branch cannot be brought back by whoever is here; null where it can. */
function useWhyNot(map: MapEntry): string | null {
  const { t } = useTranslation();
  const { data: me } = useMe();
  if (!me?.user || !mayRunSessions(me.user.role)) return t("timeline.branch.mayNot");
  return map.me.role === "viewer" ? t("timeline.branch.over") : null;
}
