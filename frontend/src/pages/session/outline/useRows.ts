import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import type { OutlineRow } from "./rows";
import type { Outline } from "./useOutline";

/** Before a row is measured: one line of text with its space. */
const ROW_HEIGHT = 40;
const OVERSCAN = 8;
/** The scroller's own padding, which the virtualizer does not know of, and a little air. */
const EDGE = 24;

/** The rows in view, and how to bring one there. */
export type Rows = Virtualizer<HTMLDivElement, HTMLElement>;

/** Keeps only the rows in view in the page, and with them the active row, which holds the focus. */
export function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  { rows, indexOf, active }: Outline,
): Rows {
  const activeIndex = indexOf.get(active) ?? 0;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (shown.includes(activeIndex) || activeIndex >= range.count) return shown;
      return [...shown, activeIndex].sort((a, b) => a - b);
    },
    [activeIndex],
  );
  const virtual = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    overscan: OVERSCAN,
    scrollPaddingEnd: EDGE,
    // Until it is measured: the first picture has its rows, and the keyboard somewhere to go.
    initialRect: { width: 0, height: window.innerHeight },
    rangeExtractor,
    // Drawing inside of an effect is what React warns of.
    useFlushSync: false,
  });
  useAnchor(scroller, virtual, rows, indexOf);
  return virtual;
}

/** What others add or remove above must not push away what one reads: the first row in view stays where it is. */
function useAnchor(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: Rows,
  rows: readonly OutlineRow[],
  indexOf: Outline["indexOf"],
): void {
  const before = useRef(rows);
  const anchor = useRef<{ id: string; offset: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const top = element.scrollTop;
    // Scrolled since: to the active row, or by hand. Where that led to is what counts now.
    const isStill = anchor.current?.top === top;
    if (before.current !== rows && anchor.current && isStill && top > 0) {
      const index = indexOf.get(anchor.current.id);
      const start = index === undefined ? undefined : virtual.measurementsCache[index]?.start;
      if (start !== undefined) element.scrollTop = start - anchor.current.offset;
    }
    before.current = rows;
    const first = virtual.getVirtualItems().find((item) => item.end > element.scrollTop);
    const id = first && rows[first.index]?.id;
    anchor.current =
      first && id !== undefined
        ? { id, offset: first.start - element.scrollTop, top: element.scrollTop }
        : null;
  });
}
