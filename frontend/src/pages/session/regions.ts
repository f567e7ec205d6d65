/**
 * The areas of the session page that F6 goes round: bar, map or outline, panel, and the toasts while there are any.
 */

const FOCUSABLE = ["a[href]", "button:not([disabled])", "input:not([disabled])", "textarea"]
  .concat("[tabindex]")
  .map((it) => `${it}:not([tabindex="-1"])`)
  .join(", ");

/** Gives the focus to the next area that has something for it, or the one before. */
export function focusRegion(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  const regions = all.filter((region) => region.querySelector(FOCUSABLE) !== null);
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const from = here < 0 && step < 0 ? 0 : here;
  const next = regions[(from + step + regions.length) % Math.max(1, regions.length)];
  next?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}

/** Gives the focus to the map or the outline. */
export function focusStage(page: HTMLElement | null, options: FocusOptions = {}): void {
  const stage = page?.querySelector<HTMLElement>('[data-region="stage"]');
  stage?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true, ...options });
}
