import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { type NodeId, ROOT } from "~/map/schema";
import { rowElementId } from "./OutlineRowView";
import type { Outline } from "./useOutline";
import type { Rows } from "./useRows";

/**
 * Keeps the active row in sight and, while the keyboard is in the outline, focused.
 *
 * Only a change of the active row scrolls or moves the focus: what others do never does, unless they take away
 * the very row that has it.
 */
export function useRowFocus(
  scroller: RefObject<HTMLDivElement | null>,
  outline: Outline,
  rows: Rows,
): void {
  const { active, editing } = outline;
  const inside = useFocusInside(scroller);
  const index = outline.indexOf.get(active);
  // The list begins at its top; whatever else was chosen before, in the map or by a link, is scrolled to.
  const shownActive = useRef<NodeId>(ROOT);
  const isEditing = editing !== null;
  useLayoutEffect(() => {
    if (shownActive.current === active || index === undefined) return;
    if (rows.range === null) return; // Not measured yet: nowhere to scroll to.
    shownActive.current = active;
    rows.scrollToIndex(index, { align: "auto" });
  });
  // A phone's keyboard came up, the phone was turned, or what is written grew: it must not be lost below the edge.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const row = () => document.getElementById(rowElementId(active));
    const watch = new ResizeObserver(() => {
      if (inside.current) keepInView(row(), element);
    });
    watch.observe(element);
    const written = isEditing ? row() : null;
    if (written) watch.observe(written);
    return () => watch.disconnect();
  }, [active, isEditing, inside, scroller]);
  // After each drawing: the row may come into the page only with the scrolling.
  useLayoutEffect(() => {
    if (!inside.current || isEditing) return;
    const row = document.getElementById(rowElementId(active));
    const { activeElement } = document;
    const elsewhere = activeElement !== document.body && !scroller.current?.contains(activeElement);
    if (row && row !== activeElement && !elsewhere) row.focus({ preventScroll: true });
  });
}

/** Brings a row into view; of one that is higher than the window its end, where one writes there. */
function keepInView(row: HTMLElement | null, scroller: HTMLElement): void {
  const field = row?.querySelector("textarea");
  const isAtEnd = field?.selectionEnd === field?.value.length;
  const isHigh = row !== null && row.offsetHeight > scroller.clientHeight;
  row?.scrollIntoView({ block: field && isHigh && isAtEnd ? "end" : "nearest" });
}

/** Whether the keyboard is in the outline, also when the row that had it has just gone from the page. */
function useFocusInside(scroller: RefObject<HTMLDivElement | null>): RefObject<boolean> {
  const inside = useRef(false);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const enter = () => {
      inside.current = true;
    };
    const leave = (event: FocusEvent) => {
      const to = event.relatedTarget;
      // Nothing takes it: the row went, or the window was left. Both come back to where they were.
      if (to instanceof Node) inside.current = element.contains(to);
    };
    const press = (event: PointerEvent) => {
      if (!element.contains(event.target as Node)) inside.current = false;
    };
    element.addEventListener("focusin", enter);
    element.addEventListener("focusout", leave);
    document.addEventListener("pointerdown", press);
    return () => {
      element.removeEventListener("focusin", enter);
      element.removeEventListener("focusout", leave);
      document.removeEventListener("pointerdown", press);
    };
  }, [scroller]);
  return inside;
}
