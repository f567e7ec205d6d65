/** Puts sentences of the server into the page's language. */
import type { TFunction } from "i18next";
import { en } from "./en";

type Key = keyof typeof en.server;

const KEYS = Object.keys(en.server) as Key[];
let patterns: readonly [Key, RegExp][] | null = null;

/** What the server says, in the language of `t`; as it is where nobody has put that into words here. */
export function wordsOfServer(t: TFunction, detail: string): string {
  patterns ??= KEYS.map((key) => [key, patternOf(en.server[key])]);
  for (const [key, pattern] of patterns) {
    const found = pattern.exec(detail);
    // Which blanks there are, only the pattern knows.
    if (found) return String(t(`server.${key}` as never, { ...found.groups } as never));
  }
  return detail;
}

function patternOf(text: string): RegExp {
  const literal = text.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\{\{(\w)\}\}/g, "(?<$1>.+?)")}$`);
}
