import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { recall, remember } from "~/pages/session/remember";

/**
 * Brings the reader to the part that the address names, once it is there; after a reload of the page, to where they
 * were. The router does both for pages that are whole at once; a report comes later than its page.
 */
export function usePlace(id: string): void {
  const { hash, key } = useRouterState({
    select: ({ location }) => ({ hash: location.hash, key: location.state.__TSR_key }),
  });
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry of the history with the same hash leads there again
  useEffect(() => {
    const left = isFirst.current ? takePlace(id) : null;
    isFirst.current = false;
    if (left !== null) {
      window.scrollTo({ top: left });
      return;
    }
    const part = hash === "" ? null : document.getElementById(hash);
    if (!part) return;
    part.scrollIntoView?.();
    part.focus({ preventScroll: true });
  }, [hash, key, id]);
  useEffect(() => {
    const keep = () => remember(nameOf(id), `${window.scrollY}`, "tab");
    window.addEventListener("pagehide", keep);
    return () => window.removeEventListener("pagehide", keep);
  }, [id]);
}

const nameOf = (id: string) => `report-place:${id}`;

/** Where the page was left for being loaded again; said once. */
function takePlace(id: string): number | null {
  const kept = recall(nameOf(id), "tab");
  remember(nameOf(id), null, "tab");
  const [how] = performance.getEntriesByType?.("navigation") ?? [];
  const isReload = (how as PerformanceNavigationTiming | undefined)?.type === "reload";
  return kept !== null && isReload ? Number(kept) : null;
}
