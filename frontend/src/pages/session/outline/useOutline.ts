import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useModelVersion } from "~/hooks/useModelVersion";
import { fieldsOf, type NodeId } from "~/map/schema";
import { beginWriting, endWriting, type Writing } from "~/pages/session/actions/back";
import { rememberStanding } from "~/pages/session/actions/undoing";
import type { PanelProps } from "~/pages/session/panelProps";
import { foldedAbove, type OutlineRow, outlineRows, shownAncestor } from "./rows";
import { type Spanning, useSpan } from "./useSpan";

/** A row that is being written in. */
interface Editing extends Writing {
  /** Where the selection was before. */
  readonly from: NodeId;
}

/** What the outline shows, and what can be done to what it shows. */
export interface Outline extends Spanning {
  readonly rows: readonly OutlineRow[];
  readonly indexOf: ReadonlyMap<NodeId, number>;
  readonly folded: ReadonlySet<NodeId>;
  /** The row that the keyboard is at. */
  readonly active: NodeId;
  /** Whether anybody has chosen that row: until then, it is the topic's. */
  readonly isChosen: boolean;
  readonly editing: Editing | null;
  /** Whether the row that was being written in was taken away, and no other chosen since. */
  readonly adrift: boolean;
  readonly select: (id: NodeId) => void;
  readonly setFolded: (folded: ReadonlySet<NodeId>) => void;
  /** Opens a row for writing; at once, so that the key or touch that asked for it still counts. */
  readonly edit: (id: NodeId, fresh?: boolean) => void;
  readonly endEdit: (how: "keep" | "takeBack") => void;
}

/** The state of the outline: rows, folds, the active row, the row being written in. */
export function useOutline({ room, selected, onSelect, gate }: PanelProps): Outline {
  const { model, undo } = room;
  const version = useModelVersion(model);
  const [folded, setFolded] = useState<ReadonlySet<NodeId>>(() => new Set());
  const [editing, setEditing] = useState<Editing | null>(null);
  // Others may move the row that is written in into a folded branch: it opens, or the words would go nowhere.
  const hiding = editing === null ? [] : foldedAbove(model, folded, editing.id);
  if (hiding.length > 0) setFolded(without(folded, hiding));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when the model has changed.
  const rows = useMemo(() => outlineRows(model, folded), [model, folded, version.structure]);
  const indexOf = useMemo(() => new Map(rows.map(({ id }, n) => [id, n])), [rows]);
  const active = shownAncestor(model, indexOf, selected);
  const span = useSpan(rows, indexOf, active, onSelect);
  const { collapse } = span;

  // What was selected elsewhere (the search, the map) is opened up to be seen.
  useEffect(() => {
    if (selected === null) return;
    setFolded((old) => without(old, foldedAbove(model, old, selected)));
  }, [model, selected]);

  const now = useRef({ editing, active });
  now.current = { editing, active };
  useEffect(
    () => rememberStanding(undo, () => ({ active: now.current.active, held: null })),
    [undo],
  );
  const endEdit = useCallback(
    (how: "keep" | "takeBack") => {
      const { editing: open } = now.current;
      if (!open) return;
      now.current.editing = null;
      setEditing(null);
      if (endWriting({ model, undo }, gate, open, how)) onSelect(open.from);
    },
    [model, undo, gate, onSelect],
  );
  const edit = useCallback(
    (id: NodeId, fresh = false) => {
      endEdit("keep");
      flushSync(() => {
        collapse();
        setEditing({ id, fresh, from: now.current.active, before: beginWriting(undo) });
        onSelect(id);
      });
    },
    [undo, onSelect, endEdit, collapse],
  );
  const select = useCallback(
    (id: NodeId) => {
      endEdit("keep");
      collapse();
      onSelect(id);
    },
    [endEdit, onSelect, collapse],
  );
  // What its maker took back is nobody's choice any more.
  const isChosen = selected !== null && fieldsOf(model.doc, selected) !== undefined;
  // Brought back, the row is written in again.
  const shown = editing && model.node(editing.id) ? editing : null;
  return {
    ...span,
    ...{ rows, indexOf, folded, active, isChosen, editing: shown },
    adrift: editing !== null && shown === null && fieldsOf(model.doc, editing.id) !== undefined,
    ...{ select, setFolded, edit, endEdit },
  };
}

/** Folds but for some; the same ones where there are none of those. */
function without(folded: ReadonlySet<NodeId>, open: readonly NodeId[]): ReadonlySet<NodeId> {
  return open.length === 0 ? folded : new Set([...folded].filter((id) => !open.includes(id)));
}
