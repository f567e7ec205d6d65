import { listGroups } from "~/api/groups";
import { useList } from "./useList";

/** The Practitioners' Groups there are. */
export function useGroups(enabled = true) {
  return useList(["groups"], () => listGroups(), { enabled });
}
