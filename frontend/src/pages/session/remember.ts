/**
 * Small things that this browser remembers. Where it keeps nothing (a private window, a full disk),
 * all works as if for the first time.
 */

/** For how long something is remembered: on this device, or in this tab and through its reloads. */
export type Where = "device" | "tab";

const storeOf = (where: Where): Storage => (where === "tab" ? sessionStorage : localStorage);

/** What was remembered under a name. */
export function recall(name: string, where: Where = "device"): string | null {
  try {
    return storeOf(where).getItem(`gapmap.${name}`);
  } catch {
    return null;
  }
}

/** Remembers a text under a name, or with null forgets it. */
export function remember(name: string, value: string | null, where: Where = "device"): void {
  try {
    if (value === null) storeOf(where).removeItem(`gapmap.${name}`);
    else storeOf(where).setItem(`gapmap.${name}`, value);
  } catch {
    // It is remembered for as long as the page is open.
  }
}

/** Whether this device remembers anything whose name begins so. */
export function remembers(beginning: string): boolean {
  try {
    return namesFrom(beginning).length > 0;
  } catch {
    return false;
  }
}

/** Forgets everything whose name begins so. */
export function forgetAll(beginning: string): void {
  try {
    for (const name of namesFrom(beginning)) localStorage.removeItem(name);
  } catch {
    // Nothing is kept here.
  }
}

function namesFrom(beginning: string): string[] {
  return Object.keys(localStorage).filter((it) => it.startsWith(`gapmap.${beginning}`));
}
