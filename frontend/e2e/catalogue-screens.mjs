/**
 * Takes pictures of the catalogue's pages from a server with demonstration data, wide and on a phone, light and dark.
 *
 *   npm run build && GAPMAP_BIN=../target/debug/gapmap node e2e/catalogue-screens.mjs FOLDER [only]
 */
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { browse, Gapmap, leave, PHONE, person, WIDE } from "./kit.mjs";

const [, , FOLDER = "/tmp/catalogue", ONLY = ""] = process.argv;

const PAGES = {
  gaps: "/catalogue/gaps",
  "gaps-filtered": "/catalogue/gaps?coverage=grey&thor=technology",
  solutions: "/catalogue/solutions?sort=trl",
  gap: "/catalogue/gaps/GAP-1",
  solution: "/catalogue/solutions/SOL-3",
  edit: "/catalogue/gaps/GAP-1/edit",
  "new-solution": "/catalogue/solutions/new",
  fits: "/catalogue/fits",
  fit: "/catalogue/fits/FIT-1",
  evidence: "/catalogue/evidence",
  coverage: "/catalogue/coverage",
  "coverage-table": "/catalogue/coverage?view=table",
  watch: "/catalogue/watch",
  search: "/catalogue/search?q=training",
  tags: "/catalogue/tags",
};

mkdirSync(FOLDER, { recursive: true });
const server = await Gapmap.start({ demo: true, account: false });
const browser = await browse();
try {
  const link = new URL(server.signInLink);
  for (const [size, options] of [
    ["wide", WIDE],
    ["phone", PHONE],
  ]) {
    const admin = await person(browser, options);
    const page = await admin.newPage();
    if (size === "wide") await page.goto(link.href);
    else {
      const email = "admin@localhost";
      const user = (await server.api("GET", "users")).items.find((it) => it.email === email);
      const fresh = await server.api("POST", `users/${user.id}/link`);
      await page.goto(`${server.url}${new URL(fresh.url).pathname}${new URL(fresh.url).search}`);
    }
    await page.getByRole("link", { name: "Not now" }).click();
    await page.getByRole("heading", { name: "Sessions" }).waitFor();
    if (server.token === "") {
      server.token = server.run(["token", "create", "--user", "admin@localhost"]).trim();
    }
    for (const [name, address] of Object.entries(PAGES)) {
      if (!name.includes(ONLY)) continue;
      for (const colorScheme of size === "wide" ? ["light", "dark"] : ["light"]) {
        await page.emulateMedia({ colorScheme });
        await page.goto(server.url + address);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForLoadState("networkidle");
        const file = `${name}-${size}-${colorScheme}.png`;
        await page.screenshot({
          path: path.join(FOLDER, file),
          animations: "disabled",
          fullPage: true,
        });
      }
    }
    await page.close();
    await leave(admin);
  }
} finally {
  await browser.close();
  await server.stop();
}
