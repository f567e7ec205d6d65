/**
 * The sizes that both the layout and the style sheet need, in pixels at zoom 1.
 *
 * They are written here once and handed to CSS as custom properties, so that a box is measured as
 * it is drawn.
 */

/** How the text of one rank of nodes is set. */
export interface TextStyle {
  readonly size: number;
  readonly line: number;
  readonly weight: number;
  readonly padX: number;
  readonly padY: number;
  readonly radius: number;
}

/** The central topic, the main branches, and all others. */
export const STYLES: readonly [TextStyle, TextStyle, TextStyle] = [
  { size: 18, line: 26, weight: 650, padX: 22, padY: 13, radius: 16 },
  { size: 15, line: 22, weight: 600, padX: 14, padY: 8, radius: 11 },
  { size: 14, line: 20, weight: 450, padX: 11, padY: 6, radius: 9 },
];

/** A text line never gets wider than this; longer texts wrap. */
export const TEXT_WIDTH = 260;
/** A longer text than so many lines shows its first ones and how many more there are. */
export const MOST_LINES = 12;
/** How many lines such a text shows. */
export const CUT_LINES = 10;
/** Height of the row below them that says how many more there are. */
export const MORE_ROW = 20;
/** Rounding differs between the canvas and the page by parts of a pixel a line. */
export const SLACK = 2;
/** Height of the row above the text that names a node's kind. */
export const KIND_ROW = 18;
/** Text size of that row, and what its icon and gap take. */
export const KIND_SIZE = 11.5;
/** Width of the kind's icon with the gap beside it. */
export const KIND_ICON = 17;
/** Height of the row below the text that says what the node is linked to. */
export const CHIP_ROW = 23;
/** Text size of that row, and what its icons, padding and gaps take. */
export const CHIP_SIZE = 11.5;
/** Width of a chip beside its text: padding, its icon, and a second one once it is decided on. */
export const CHIP_FRAME = { proposed: 32, decided: 48 };
/** Width of one marker (a note) after the text, with its gap. */
export const MARK = 22;
/** How far beyond a node's outer edge the middle of its fold knob lies. */
export const KNOB_OFFSET = 14;
/** Radius within which a press counts as on the knob. */
export const KNOB_REACH = 12;

/** Zoom below which texts would be too small to read, and nodes become bars. */
export const BAR_ZOOM = 0.4;
/** The furthest in that anybody can zoom. */
export const MAX_ZOOM = 2.5;
/** The furthest out, unless the whole map needs more. */
export const MIN_ZOOM = 0.1;

/** 0 for the central topic, 1 for main branches, 2 for the rest. */
export function rankOf(level: number): 0 | 1 | 2 {
  return level === 0 ? 0 : level === 1 ? 1 : 2;
}

/** The text style of a node at this depth. */
export function styleOf(level: number): TextStyle {
  return STYLES[rankOf(level)];
}

/** Writes the sizes onto an element, for the style sheet. */
export function applyMetrics(element: HTMLElement): void {
  STYLES.forEach((style, rank) => {
    for (const [name, value] of Object.entries(style)) {
      element.style.setProperty(
        `--n${rank}-${name.toLowerCase()}`,
        name === "weight" ? String(value) : `${value}px`,
      );
    }
  });
  element.style.setProperty("--text-width", `${TEXT_WIDTH + SLACK}px`);
  element.style.setProperty("--kind-row", `${KIND_ROW}px`);
  element.style.setProperty("--kind-size", `${KIND_SIZE}px`);
  element.style.setProperty("--cut-lines", String(CUT_LINES));
  element.style.setProperty("--more-row", `${MORE_ROW}px`);
  element.style.setProperty("--chip-row", `${CHIP_ROW}px`);
  element.style.setProperty("--chip-gap", "4px");
  element.style.setProperty("--chip-size", `${CHIP_SIZE}px`);
  element.style.setProperty("--mark", `${MARK}px`);
  element.style.setProperty("--knob-offset", `${KNOB_OFFSET}px`);
}
