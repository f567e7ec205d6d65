/** What happens to the page around a room. Outside a browser nothing ever does. */

/** Who wants to know. */
export interface PageEvents {
  /** The network or the page is back, or may be. */
  readonly onWake: () => void;
  /** The page may be gone in a moment. */
  readonly onHide: () => void;
  /** Whether something would go with the page: then the browser asks before it closes it. */
  readonly wouldLose: () => boolean;
}

/** Watches the page until the function it gives is called. */
export function watchPage({ onWake, onHide, wouldLose }: PageEvents): () => void {
  if (typeof window === "undefined") return () => {};
  const onVisibility = () => (document.visibilityState === "visible" ? onWake() : onHide());
  const onLeave = (event: Event) => {
    if (wouldLose()) event.preventDefault();
  };
  const events = [
    [window, "online", onWake],
    // Often the socket does not notice for a long time.
    [window, "offline", onWake],
    [window, "pageshow", onWake],
    [window, "pagehide", onHide],
    [window, "beforeunload", onLeave],
    [document, "visibilitychange", onVisibility],
  ] as const;
  for (const [target, name, listener] of events) target.addEventListener(name, listener);
  return () => {
    for (const [target, name, listener] of events) target.removeEventListener(name, listener);
  };
}

/** Where the page's own server takes maps' sockets. */
export function ownSyncUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/sync`;
}
