import { useQuery } from "@tanstack/react-query";
import { checkAudit, listAudit } from "~/api/audit";
import { useList } from "./useList";

/** The audit log, newest first, narrowed by `q`. */
export function useAudit(q: string) {
  return useList(["audit", q], (cursor) => listAudit({ q: q || undefined, cursor }));
}

/** Whether anybody has altered the log. */
export function useAuditCheck() {
  return useQuery({ queryKey: ["audit", "check"], queryFn: checkAudit });
}
