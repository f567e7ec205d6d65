import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "~/components/Toast";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import type { Gate } from "~/pages/session/actions/context";
import type { Command } from "~/pages/session/keys/table";
import { type Deed, Permits, type Standing, type Withheld } from "~/pages/session/permits";

const DEEDS: readonly string[] = [
  "add",
  "edit",
  "move",
  "remove",
  "restore",
  "relate",
  "comment",
  "link",
  "step",
] satisfies Deed[];

function isDeed(what: Command | Deed): what is Deed {
  return DEEDS.includes(what);
}

/** What votes can be asked for. */
export interface Voter {
  readonly isOpen: boolean;
  change(id: NodeId, by: 1 | -1): void;
}

/**
 * What the session lets one do, in words. The gate stays the same object: commands ask it when they
 * are given, so a round that began a moment ago counts.
 */
export function useGate(
  model: MapModel,
  standing: Standing,
  voter: Voter,
): { gate: Gate; permits: Permits } {
  const { t } = useTranslation();
  const permits = new Permits(model, standing);
  const words = (why: Withheld): string => t(`run.withheld.${why}`);
  const latest = useRef({ permits, voter, words });
  latest.current = { permits, voter, words };
  const gate = useMemo(() => gateOver(() => latest.current), []);
  return { gate, permits };
}

interface Now {
  permits: Permits;
  voter: Voter;
  words: (why: Withheld) => string;
}

function gateOver(now: () => Now): Gate {
  const reasonOf: Gate["reason"] = (what, { ids, to }) => {
    const { permits, words } = now();
    const why: Withheld | null = isDeed(what)
      ? permits.reason(what, ids, to)
      : permits.ofCommand(what, ids);
    return why === null ? null : words(why);
  };
  return {
    reason: reasonOf,
    withheld: (what, target) => {
      const why = reasonOf(what, target);
      if (why !== null) toast({ title: why, tone: "note" });
      return why !== null;
    },
    mayChangeArrow: (by) => now().permits.reasonOfArrow(by) === null,
    mayChangeComment: (by) => now().permits.reasonOfComment(by) === null,
    isLocked: (id) => now().permits.lockOver(id) === id,
    voting: () => now().voter.isOpen,
    vote: (id, by) => now().voter.change(id, by),
  };
}
