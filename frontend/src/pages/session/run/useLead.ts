import { useTranslation } from "react-i18next";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useLeading } from "~/hooks/useLeading";
import type { NodeId } from "~/map/schema";

/** What the page lets a facilitator do with nodes. Each says in words when it could not be done. */
export interface Lead {
  lock(node: NodeId, locked: boolean): void;
  call(node: NodeId | null): void;
  follow(on: boolean): void;
  merge(into: NodeId, nodes: readonly NodeId[]): void;
}

/** Leading a map, with words for what came of it. */
export function useLead(map: string): Lead {
  const { t } = useTranslation();
  const explain = useExplain();
  const { lock, call, follow, merge } = useLeading(map);
  const onError = (error: unknown) => toast({ title: explain(error), tone: "danger" });
  const said = (title: string) => ({ onError, onSuccess: () => toast({ title }) });
  return {
    lock: (node, locked) =>
      lock.mutate({ node, locked }, said(t(locked ? "run.lock.done" : "run.lock.undone"))),
    call: (node) => call.mutate(node, said(t("run.call.done"))),
    follow: (on) => follow.mutate(on, { onError }),
    merge: (into, nodes) =>
      merge.mutate({ into, nodes }, said(t("run.merge.done", { count: nodes.length + 1 }))),
  };
}
