/**
 * Stands in for a server that is away: gives the page the web app that this browser has kept, and
 * nothing else. What comes from the API or over the socket never passes through here, and as long
 * as the server answers, its own page is the one that is shown.
 */
import { addRoute, cleanupOutdatedCaches, matchPrecache, precache } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

/** What of a worker's world is used here; the types of pages and of workers exclude each other. */
interface Worker {
  /** The files of the build, filled in by it. */
  __WB_MANIFEST: { url: string; revision: string | null }[];
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(
    type: "activate" | "message",
    listener: (event: { waitUntil(work: Promise<void>): void; data?: unknown }) => void,
  ): void;
}
declare const self: Worker;

/** A server that has not answered by then is as good as away; people wait for their map. */
const PATIENCE_MS = 4_000;
/** Addresses that are no pages. */
const NOT_PAGES = [/^\/(?:api|sync|metrics|healthz|readyz)(?:\/|$)/];

/** The server's page, or the kept one where the server (or a proxy before it) has none to give. */
async function page({ request }: { request: Request }): Promise<Response> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  if (answer && answer.status < 500) return answer;
  return (await matchPrecache("index.html")) ?? Response.error();
}

precache(self.__WB_MANIFEST);
cleanupOutdatedCaches();
// Before the kept files: the address of the start page is one of them, too.
registerRoute(new NavigationRoute(page, { denylist: NOT_PAGES }));
addRoute();

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});
