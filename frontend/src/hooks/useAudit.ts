import { listAudit } from "~/api/audit";
import { useList } from "./useList";

/** The audit log, newest first, narrowed by `q`. */
export function useAudit(q: string) {
  return useList(["audit", q], (cursor) => listAudit({ q: q || undefined, cursor }));
}
