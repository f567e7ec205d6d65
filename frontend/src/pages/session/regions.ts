/**
 * The areas of the session page that F6 goes round: bar, map or outline, panel.
 */

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea, [tabindex]:not([tabindex="-1"])';

/** Gives the focus to the next area, or the one before. */
export function focusRegion(page: HTMLElement | null, step: 1 | -1): void {
  const regions = [...(page?.querySelectorAll<HTMLElement>("[data-region]") ?? [])];
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(here + step + regions.length) % Math.max(1, regions.length)];
  next?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}

/** Gives the focus back to the map or the outline. */
export function focusStage(page: HTMLElement | null): void {
  const stage = page?.querySelector<HTMLElement>('[data-region="stage"]');
  stage?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
}
