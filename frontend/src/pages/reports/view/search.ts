/** What the address of a report's page says. Apart from the page, so that the routes load none. */

const LIGHTS = ["green", "amber", "red", "grey"] as const;
const FITS = ["accepted", "counted"] as const;

/** Which of its gaps and fits are shown; all of them where nothing is said. */
export interface ReportViewSearch {
  light?: (typeof LIGHTS)[number] | undefined;
  fits?: (typeof FITS)[number] | undefined;
}

/** Reads an address that anyone may have typed: what makes no sense is left out. */
export function readReportViewSearch(raw: Record<string, unknown>): ReportViewSearch {
  const light = LIGHTS.find((it) => it === raw.light);
  const fits = FITS.find((it) => it === raw.fits);
  return { ...(light && { light }), ...(fits && { fits }) };
}
