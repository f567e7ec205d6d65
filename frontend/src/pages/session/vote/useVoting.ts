import { useTranslation } from "react-i18next";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import type { RoomState } from "~/hooks/useRoom";
import { useVotes } from "~/hooks/useVotes";
import { KINDS, type NodeId, ROOT } from "~/map/schema";
import type { Voter } from "~/pages/session/useGate";
import type { RoundState, VoteState } from "~/sync/sessionState";

/** The vote that is on, and one's own votes in it. */
export interface Voting extends Voter {
  /** Null while none is on, or one may not vote. */
  readonly vote: VoteState | null;
  /** One's own votes by node. */
  readonly mine: Readonly<Record<NodeId, number>>;
  /** How many are left to give; null until the server has said it. */
  readonly left: number | null;
  /** Whether votes are neither given nor taken back just now. */
  readonly isPaused: boolean;
  /** Why a node gets no vote, in words; null where it may get one. */
  reason(id: NodeId): string | null;
}

const NONE: Readonly<Record<NodeId, number>> = {};

function isStill(round: RoundState | null | undefined): boolean {
  return (round?.left ?? null) !== null;
}

/** Votes as the room's state and the server's count say. */
export function useVoting({ model, status }: RoomState): Voting {
  const { t } = useTranslation();
  const explain = useExplain();
  const { session } = status;
  const vote = session?.grants.vote ? session.vote : null;
  const { data, give } = useVotes(vote?.id ?? null);
  const mine = data?.votes ?? NONE;
  const left = data?.left ?? null;
  // The server counts none while the session or the round's timer stands still.
  const isPaused = session?.phase === "paused" || isStill(session?.round);
  const reason = (id: NodeId) => {
    if (!vote) return t("run.withheld.vote");
    if (isPaused) return t("run.withheld.votePaused");
    if (id === ROOT) return t("run.withheld.voteRoot");
    const kind = KINDS.find((it) => it === vote.kind);
    if (kind && model.node(id)?.kind !== kind) {
      return t("run.withheld.voteKind", { kind: t(`map.kind.${kind}`) });
    }
    return left !== null && left < 1 ? t("run.withheld.votesLeft") : null;
  };
  const change = async (id: NodeId, by: 1 | -1) => {
    const why = by > 0 || !vote || isPaused ? reason(id) : null;
    if (why !== null) return toast({ title: why, tone: "note" });
    const failed = (error: unknown) => toast({ title: explain(error), tone: "danger" });
    const given = await give(id, by, failed);
    if (!given && by > 0) toast({ title: t("run.withheld.votesLeft"), tone: "note" });
  };
  return { vote, mine, left, isOpen: vote !== null, isPaused, reason, change };
}
