import { CircleMinus, CirclePlus, Combine, Lock, LockOpen, Megaphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { MenuItem, MenuSeparator } from "~/components/Menu";
import { type NodeId, ROOT } from "~/map/schema";
import type { Hands } from "~/pages/session/actions/hands";
import type { Lead } from "~/pages/session/run/useLead";

interface ItemsProps {
  id: NodeId;
  hands: Hands;
}

/** In a node's menu while a vote is on. */
export function VoteItems({ id, hands }: ItemsProps) {
  const { t } = useTranslation();
  const { gate } = hands;
  if (!gate.voting()) return null;
  return (
    <>
      <MenuSeparator />
      <MenuItem icon={CirclePlus} onSelect={() => gate.vote(id, 1)}>
        {t("run.vote.give")}
      </MenuItem>
      <MenuItem icon={CircleMinus} onSelect={() => gate.vote(id, -1)}>
        {t("run.vote.take")}
      </MenuItem>
    </>
  );
}

/** In a node's menu for facilitators: bring everyone here, lock, merge. */
export function LeadItems({ id, hands, lead }: ItemsProps & { lead: Lead }) {
  const { t } = useTranslation();
  const isLocked = hands.gate.isLocked(id);
  const others = hands.ids.filter((it) => it !== id && it !== ROOT);
  return (
    <>
      <MenuSeparator />
      <MenuItem icon={Megaphone} onSelect={() => lead.call(id)}>
        {t("run.call.node")}
      </MenuItem>
      <MenuItem icon={isLocked ? LockOpen : Lock} onSelect={() => lead.lock(id, !isLocked)}>
        {t(isLocked ? "run.lock.openBranch" : "run.lock.branch")}
      </MenuItem>
      {others.length > 0 && (
        <MenuItem icon={Combine} onSelect={() => lead.merge(id, others)}>
          {t("run.merge.item")}
        </MenuItem>
      )}
    </>
  );
}
