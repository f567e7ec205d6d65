/**
 * Has the browser keep the web app, so that a reload while the server is away shows it (worker.ts).
 * A newer one waits until a page is loaded: nothing changes under the fingers of who is writing.
 */
export async function keepApp(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const workers = navigator.serviceWorker;
    (await workers.getRegistration())?.waiting?.postMessage("take over");
    await workers.register("/worker.js", { updateViaCache: "none" });
  } catch {
    // A private window, or a policy of the house: the app works without, as long as the server does.
  }
}
