/** Holds pages to the rules for everybody: what axe finds, light and dark, and whether they scroll sideways. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { drawn } from "./kit.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds serious on a page, as it is now. */
async function serious(page) {
  const { violations } = await page.evaluate(
    (rules) =>
      // aria-hidden-focus: the guards at the ends of a menu or dialog can be focused and are hidden, and hand
      // the focus on to where it belongs as soon as they get it, which axe cannot see. They hold nothing else.
      window.axe.run({ exclude: [["[data-base-ui-focus-guard]"]] }, { runOnly: rules }),
    RULES,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3)}`);
}

/** What axe finds serious on a page that stands open. */
export async function seriousHere(page) {
  await page.evaluate(AXE);
  return serious(page);
}

/** What is wrong with a page that `open` brings to where it is to be looked at. */
export async function faults(page, address, open) {
  const found = [];
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(address);
  await open(page);
  await page.evaluate(AXE);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await drawn(page);
    // Colours on their way from one scheme to the other are neither's.
    await page.waitForFunction(
      () => !document.getAnimations().some((it) => it instanceof CSSTransition),
    );
    for (const line of await serious(page)) found.push(`${address} ${colorScheme} ${line}`);
  }
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  if (scrollWidth > clientWidth) found.push(`${address} scrolls sideways`);
  return found;
}
