import { Eye } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useReveal } from "~/hooks/useIdeas";
import { useMapModel } from "~/hooks/useMapModel";
import type { RoomState } from "~/hooks/useRoom";
import { type NodeId, ROOT } from "~/map/schema";
import styles from "~/pages/session/run/RunPanel.module.css";
import { isRevealNext, waitingIdeas } from "~/pages/session/run/waiting";

interface RoundToolsProps {
  map: string;
  room: RoomState;
  selected: NodeId | null;
  /** Told how many nodes there are in the map with what was revealed. */
  onRevealed: (size: number) => void;
}

/** What a round needs of a facilitator: how far people have come, and revealing what they wrote. */
export function RoundTools({ map, room, selected, onRevealed }: RoundToolsProps) {
  const { t } = useTranslation();
  const { session } = room.status;
  const counts = waitingIdeas(session);
  return (
    <div className={styles.tools}>
      {session?.vote && <p role="status">{t("run.vote.voters", { count: session.vote.voters })}</p>}
      {counts && (
        <p role="status">
          {t("run.silent.counts", { count: counts.ideas })}{" "}
          {counts.people > 0 && t("run.silent.people", { count: counts.people })}
        </p>
      )}
      {counts && (
        <Reveal
          {...{ map, room, selected, onRevealed }}
          round={counts.round}
          people={counts.people}
          isNext={isRevealNext(session)}
        />
      )}
    </div>
  );
}

/** Whether so few wrote that the group can tell who wrote what. */
function isGuessed(people: number): boolean {
  return 0 < people && people < 3;
}

interface RevealProps extends RoundToolsProps {
  round: string;
  /** How many wrote. */
  people: number;
  /** Whether it is what one does next. */
  isNext: boolean;
}

function Reveal({ map, room, round, people, selected, isNext, onRevealed }: RevealProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const reveal = useReveal(map);
  const [asking, setAsking] = useState(false);
  const under = selected === ROOT ? null : selected;
  const text = useMapModel(room.model, (model) => model.node(under ?? "")?.text ?? "");
  const node = text === "" ? null : under;
  const confirm = t("run.silent.confirmText");
  const run = async () => {
    // Without a node the round's own target counts, or else the middle.
    const { size } = room.model;
    const { ideas } = await reveal.mutateAsync({ round, node });
    onRevealed(size + ideas);
    toast({ title: t("run.silent.revealed", { count: ideas }) });
  };
  return (
    <>
      <Button
        icon={Eye}
        size="s"
        variant={isNext ? "primary" : "secondary"}
        onClick={() => setAsking(true)}
      >
        {node === null ? t("run.silent.reveal") : t("run.silent.revealHere", { text })}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("run.silent.confirm")}
        text={isGuessed(people) ? `${confirm} ${t("run.silent.few", { count: people })}` : confirm}
        confirm={t("run.silent.confirmButton")}
        onConfirm={run}
        explain={explain}
      />
    </>
  );
}
