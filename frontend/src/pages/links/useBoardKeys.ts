import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { BoardRow, LinkState } from "~/api/types";
import { letterOf } from "~/pages/session/keys/match";

/** What can be done on the board. */
export interface BoardActions {
  /** Opens the palette for an idea. */
  readonly onLink: (row: BoardRow) => void;
  /** Shows an idea where it stands. */
  readonly onShow: (row: BoardRow) => void;
  /** Decides on a link; null for those who may not. */
  readonly decide: ((row: BoardRow, target: string, state: LinkState) => void) | null;
}

/** Where the keyboard is on the board. */
export interface BoardKeys {
  /** The row it is at. */
  readonly at: number;
  /** The link of that row that is decided on. */
  readonly link: number;
  readonly choose: (at: number) => void;
  readonly keyDown: (event: KeyboardEvent) => void;
}

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const ASIDE: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };
const DECIDES: Readonly<Record<string, LinkState>> = { c: "confirmed", r: "rejected" };

/**
 * Walks the rows, and does to the one that is chosen what its keys say. A row and not a place is
 * chosen: votes and others' links move the rows.
 */
export function useBoardKeys(
  rows: readonly BoardRow[],
  actions: BoardActions,
  grid: RefObject<HTMLElement | null>,
): BoardKeys {
  const [chosen, setChosen] = useState({ key: "", at: 0, link: 0 });
  const found = rows.findIndex((row) => keyOf(row) === chosen.key);
  // A row that has left the list, such as one that was decided on, makes room for the next.
  const at = Math.max(0, found >= 0 ? found : Math.min(chosen.at, rows.length - 1));
  const row = rows[at];
  const link = Math.min(found >= 0 ? chosen.link : 0, Math.max(0, (row?.links.length ?? 0) - 1));
  const hasFocus = useRef(false);

  const lineAt = (n: number) => grid.current?.querySelector<HTMLElement>(`[data-line="${n}"]`);
  useLayoutEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) lineAt(at)?.focus();
    hasFocus.current = grid.current?.contains(document.activeElement) ?? false;
  });
  const choose = (n: number) => {
    const next = rows[n];
    hasFocus.current = true;
    if (next && (n !== at || found < 0)) setChosen({ key: keyOf(next), at: n, link: 0 });
  };
  const go = (n: number) => lineAt(Math.min(Math.max(n, 0), rows.length - 1))?.focus();
  const keyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return;
    const key = event.key.length === 1 ? letterOf(event).toLowerCase() : event.key;
    const isOnRow = (event.target as HTMLElement).dataset.line !== undefined;
    const state = DECIDES[key];
    const [step, aside] = [STEPS[key], ASIDE[key]];
    const decided = row.links[link];
    if (step !== undefined) go(at + step);
    else if (key === "Home" || key === "End") go(key === "Home" ? 0 : rows.length - 1);
    else if (aside !== undefined && row.links.length > 1) {
      const next = (link + aside + row.links.length) % row.links.length;
      setChosen({ key: keyOf(row), at, link: next });
    } else if (key === "Enter" && isOnRow) actions.onLink(row);
    else if (state && decided && actions.decide) actions.decide(row, decided.target, state);
    else return;
    event.preventDefault();
  };
  return { at, link, choose, keyDown };
}

function keyOf({ map, node }: BoardRow): string {
  return `${map} ${node}`;
}
