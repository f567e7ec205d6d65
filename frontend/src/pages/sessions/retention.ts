/** How long a session's content is kept, and when to warn. */
const DAY_MS = 86_400_000;
/** So many days before, the list of sessions warns. */
const WARN_DAYS = 30;

/** The last day of the warning, such as "2026-12-24": what is to go by then goes soon. */
export function soon(now: number): string {
  return new Date(now + WARN_DAYS * DAY_MS).toISOString().slice(0, 10);
}

/** Whether content that is kept until this day goes soon. */
export function goesSoon(day: string, now: number): boolean {
  return day <= soon(now);
}
