import { useQuery } from "@tanstack/react-query";
import { checkAudit, listAudit } from "~/api/audit";
import type { AuditQuery } from "~/api/types";
import { useList } from "./useList";

/** The audit log, newest first, narrowed by a filter. */
export function useAudit(filter: Omit<AuditQuery, "cursor">) {
  return useList(["audit", filter], (cursor) => listAudit({ ...filter, cursor }));
}

/** Whether anybody has altered the log. */
export function useAuditCheck() {
  return useQuery({ queryKey: ["audit", "check"], queryFn: checkAudit });
}
