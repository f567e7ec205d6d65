/** Dates and times in the reader's words. */
import { i18n } from "~/messages/i18n";

/** Between facts that stand side by side: no line begins with it. */
export const DOT = "\u00a0· ";

// Europe writes the day first; plain "en" would be read the American way.
const locale = () => (i18n.language === "en" ? "en-GB" : i18n.language);

/** The latest time that there is a date for. */
const LATEST = 8_640_000_000_000_000;

/** What maps say of times is what pages have written: one without a date must not end whoever shows it. */
function dateOf(at: string | number): Date {
  return new Date(typeof at === "number" ? Math.min(at, LATEST) : at);
}

/** "23 Nov 2026". */
export function formatDate(at: string | number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(dateOf(at));
}

/** "23 Nov 2026, 14:05". */
export function formatDateTime(at: string | number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(
    dateOf(at),
  );
}

/** "14:05". */
export function formatTime(at: string | number): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(dateOf(at));
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "5 minutes ago", "in 2 days"; past a month, the date. What is to come in almost two weeks comes in two weeks. */
export function formatRelative(at: string | number, now = Date.now()): string {
  const distance = dateOf(at).getTime() - now;
  if (Math.abs(distance) > 30 * 86_400_000) return formatDate(at);
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    const n = distance / size;
    if (Math.abs(n) >= 1) return words.format(n > 0 ? Math.round(n) : Math.trunc(n), unit);
  }
  return words.format(0, "second");
}
