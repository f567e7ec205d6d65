/** How well a solution fits a gap, as a sign: the fuller the disc, the better; a cross for no fit. */

/** Half the size of a sign's box. */
export const RADIUS = 8;

/** The paths of a sign round the point 0, 0: what is filled, and what is only drawn. */
export interface Sign {
  fill: string;
  line: string;
}

const CIRCLE = "M0-6.5A6.5 6.5 0 1 1 0 6.5A6.5 6.5 0 1 1 0-6.5Z";

/** Degree to sign. Each can be told from the others without its colour. */
export const SIGNS: Readonly<Record<string, Sign>> = {
  full: { fill: CIRCLE, line: CIRCLE },
  good: { fill: "M0-6.5A6.5 6.5 0 1 1-6.5 0L0 0Z", line: CIRCLE },
  partial: { fill: "M0-6.5A6.5 6.5 0 0 1 0 6.5Z", line: CIRCLE },
  none: { fill: "", line: "M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5" },
};

/** The degrees, the best first. */
export const DEGREES = ["full", "good", "partial", "none"] as const;
