/** A server, a browser and one person who sits in a session, for all tests of the file that imports them. */
import { after, before } from "node:test";
import { browse, Gapmap, leave, person, takeSeat, WIDE } from "./kit.mjs";

export let server;
export let browser;
export let session;
/** What others join the session with. */
export let code;
/** The person's browser, which is called Heron-12 and may read the clipboard. */
export let me;

before(async () => {
  server = await Gapmap.start();
  browser = await browse();
  ({ session, code } = await server.workshop());
  me = await person(browser, { ...WIDE, permissions: ["clipboard-read", "clipboard-write"] });
  await takeSeat(me, server, code, "Heron-12");
});

after(async () => {
  await leave(me);
  await browser.close();
  await server.stop();
});
