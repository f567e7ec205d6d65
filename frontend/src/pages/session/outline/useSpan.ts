import { useCallback, useMemo, useRef, useState } from "react";
import type { NodeId } from "~/map/schema";
import type { OutlineRow } from "./rows";

/** Rows that are selected together, from where one began to the one that the keyboard is at. */
interface Span {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly ids: readonly NodeId[];
}

/** The selected rows, and how there come to be more of them, or one again. */
export interface Spanning {
  /** What is selected, the active row first. */
  readonly ids: readonly NodeId[];
  /** Selects from where one began to a row. */
  readonly extend: (to: NodeId) => void;
  readonly selectAll: () => void;
  /** Makes another of the selected rows the active one. */
  readonly lead: (id: NodeId) => void;
  /** Leaves only the active row selected. */
  readonly collapse: () => void;
}

/** Which rows are selected beside the active one. With any other active row, they are not any more. */
export function useSpan(
  rows: readonly OutlineRow[],
  indexOf: ReadonlyMap<NodeId, number>,
  active: NodeId,
  onSelect: (id: NodeId) => void,
): Spanning {
  const [kept, setSpan] = useState<Span | null>(null);
  const span = kept?.to === active ? kept : null;
  const now = useRef({ rows, indexOf, active, span });
  now.current = { rows, indexOf, active, span };
  const ids = useMemo(() => {
    const others = span?.ids.filter((id) => id !== active && indexOf.has(id)) ?? [];
    return [active, ...others];
  }, [span, active, indexOf]);
  const extend = useCallback(
    (to: NodeId) => {
      const { rows: all, indexOf: places, active: at, span: open } = now.current;
      const from = open && places.has(open.from) ? open.from : at;
      const [first = 0, last = 0] = [places.get(from) ?? 0, places.get(to) ?? 0].sort(
        (a, b) => a - b,
      );
      setSpan({ from, to, ids: all.slice(first, last + 1).map(({ id }) => id) });
      onSelect(to);
    },
    [onSelect],
  );
  const selectAll = useCallback(() => {
    const all = now.current.rows.map(({ id }) => id);
    setSpan({ from: all[0] ?? now.current.active, to: now.current.active, ids: all });
  }, []);
  const lead = useCallback(
    (id: NodeId) => {
      setSpan((open) => open && { ...open, to: id });
      onSelect(id);
    },
    [onSelect],
  );
  const collapse = useCallback(() => setSpan(null), []);
  return { ids, extend, selectAll, lead, collapse };
}
