/** Whether a join link still lets people in. */
import type { Invite } from "~/api/types";

/** Why an invite lets nobody in any more; null while it does. */
export function endOf(invite: Invite, now = Date.now()): "revoked" | "full" | "expired" | null {
  if (invite.revoked_at !== null) return "revoked";
  if (new Date(invite.expires_at).getTime() <= now) return "expired";
  return invite.max_uses !== null && invite.uses >= invite.max_uses ? "full" : null;
}

/** Whether an invite still lets people in. */
export function isOpen(invite: Invite, now = Date.now()): boolean {
  return endOf(invite, now) === null;
}
