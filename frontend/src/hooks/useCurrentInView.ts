import { useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

/** Scrolls a row of links that is wider than the screen to the one of this page, which has the class `current`. */
export function useCurrentInView(current: string | undefined): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  const at = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: on another page another link is current
  useEffect(() => {
    const links = row.current;
    const link = links?.querySelector<HTMLElement>(`.${current}`);
    if (!links || !link) return;
    const space = (links.clientWidth - link.offsetWidth) / 2;
    links.scrollLeft +=
      link.getBoundingClientRect().left - links.getBoundingClientRect().left - space;
  }, [at, current]);
  return row;
}
