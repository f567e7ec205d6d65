import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Card } from "~/api/types";
import { useMapModel } from "~/hooks/useMapModel";
import { type Suggested, useSuggest } from "~/hooks/useSuggest";
import type { NodeId } from "~/map/schema";
import { type LinkFilter, type LinkOption, NO_FILTER, optionsOf } from "./options";
import { askFor, type Linking } from "./useLinking";

/** While fingers move, nobody is asked. */
const PAUSE_MS = 180;
/** As many as the server gives at once: filters leave some out here. */
const ASKED = 30;

/** What was done last, to be said aloud. */
export interface Done {
  readonly what: "linked" | "unlinked";
  readonly handle: string;
}

/** The palette as it is now. */
export interface Palette {
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly filter: LinkFilter;
  readonly setFilter: (filter: LinkFilter) => void;
  readonly options: readonly LinkOption[];
  /** The chosen line; the one after the last makes a new gap. */
  readonly at: number;
  readonly choose: (at: number) => void;
  readonly act: (at: number) => void;
  readonly isLinked: (card: Card) => boolean;
  /** What a new gap would be called; null where there are no words for it. */
  readonly newTitle: string | null;
  readonly makingGap: boolean;
  readonly suggested: Suggested;
  readonly done: Done | null;
  /** Why nothing may be linked just now. */
  readonly reason: string | null;
  readonly keyDown: (event: KeyboardEvent) => void;
}

/** Typing, choosing and linking in the palette of one node. */
export function usePalette(linking: Linking, id: NodeId): Palette {
  const { gate, close } = linking;
  const [chosen, choose] = useState<number | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const lines = useLines(linking, id, () => choose(null));
  const { node, typed, options, newTitle, suggested } = lines;
  const isNews = useNews(lines, linking.me);
  const [makingGap, makeGap] = useNewGap(linking, id, lines);
  useEffect(() => {
    if (!node) close();
  }, [node, close]);

  const last = newTitle === null ? options.length - 1 : options.length;
  const at = lineAt(chosen, lines, last);
  const act = (line: number) => {
    choose(line);
    const option = options[line];
    const what =
      option && (isNews(option.card.target) ? "linked" : linking.toggle(id, option.card));
    if (what) setDone({ what, handle: option.card.handle });
    else if (line === options.length) void makeGap();
  };
  const enter = useEnter(at, options[at] !== undefined, act, suggested.loading && chosen === null);
  const keyDown = usePaletteKeys({
    ...{ typed, at, choose },
    type: lines.type,
    act: enter,
    count: last + 1,
    newAt: newTitle === null ? null : options.length,
  });
  return {
    ...{ ...lines, at, choose, act, makingGap, done, keyDown },
    isLinked: (card) => node?.links.some((it) => it.target === card.target) ?? false,
    reason: gate.reason("link", { ids: [id] }),
  };
}

type Lines = ReturnType<typeof useLines>;

/** What is typed, and the lines that come of it; `moved` is called when they are others. */
function useLines(linking: Linking, id: NodeId, moved: () => void) {
  const { cards, room, offline } = linking;
  const node = useMapModel(room.model, (model) => model.node(id));
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState(NO_FILTER);
  // As they were at first: a line that is linked or unlinked stays where it is.
  const [linked] = useState(() => node?.links.map((it) => it.target) ?? []);
  const suggested = useAsked(linking, id, typed, filter);
  useEffect(() => cards.learn(suggested.items), [cards.learn, suggested.items]);
  const { known } = cards;
  const options = useMemo(
    () => optionsOf({ suggested: suggested.items, known, linked, typed, filter, offline }),
    [suggested.items, known, linked, typed, filter, offline],
  );
  return {
    ...{ node, typed, filter, linked, suggested, options },
    newTitle: typed.trim() || node?.text.trim() || null,
    type: (text: string) => {
      setTyped(text);
      moved();
    },
    setFilter: (next: LinkFilter) => {
      setFilter(next);
      moved();
    },
  };
}

/**
 * Answers once for each link whether somebody else has made it since the list was opened. Who presses
 * Enter then means to link, too, and not to take the other's link away; pressed again, it does.
 */
function useNews({ node, linked }: Lines, me: string): (target: string) => boolean {
  const known = useRef(new Set(linked));
  return (target) => {
    const link = node?.links.find((it) => it.target === target);
    const isNews = link !== undefined && link.by !== me && !known.current.has(target);
    known.current.add(target);
    return isNews;
  };
}

/** Makes a gap of the node, named by what is typed if anything is. */
function useNewGap(linking: Linking, id: NodeId, { typed, newTitle }: Lines) {
  const [making, setMaking] = useState(false);
  const make = async () => {
    if (newTitle === null || making) return;
    setMaking(true);
    const made = await linking.makeGap(id, typed.trim() || undefined);
    setMaking(false);
    if (made) linking.close();
  };
  return [making, make] as const;
}

/** The line that Enter takes: the chosen one, else the best that is not taken yet; -1 for none. */
function lineAt(
  chosen: number | null,
  { options, linked, suggested }: Lines,
  last: number,
): number {
  const first = options.findIndex(({ card }) => !linked.includes(card.target));
  if (chosen === null && options.length === 0 && suggested.loading) return -1;
  return Math.min(chosen ?? Math.max(first, 0), last);
}

/**
 * Fingers may be faster than the list: what was typed counts, and not what is shown yet. An early
 * Enter waits for the answer, and takes its best; it never makes a gap.
 */
function useEnter(
  at: number,
  isCard: boolean,
  act: (line: number) => void,
  isEarly: boolean,
): (line: number) => void {
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    if (!waits || isEarly) return;
    setWaits(false);
    if (isCard) act(at);
  });
  return (line) => (isEarly ? setWaits(true) : act(line));
}

interface KeysInput {
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly at: number;
  readonly choose: (at: number) => void;
  readonly act: (at: number) => void;
  /** How many lines there are. */
  readonly count: number;
  /** The line of the new gap; null where there is none. */
  readonly newAt: number | null;
}

/** The keys of the field. */
function usePaletteKeys(input: KeysInput): (event: KeyboardEvent) => void {
  const { typed, type, at, choose, act, count, newAt } = input;
  // The letter that led to the new gap: if it was the first of a word, it is written after all.
  const [begun, setBegun] = useState("");
  return (event) => {
    const { key } = event;
    if (event.nativeEvent.isComposing || key === "Shift") return;
    const isLetter = key.length === 1 && !(event.ctrlKey || event.metaKey || event.altKey);
    const isNew = isLetter && typed === "" && begun === "" && key.toLowerCase() === "n";
    setBegun(isNew && newAt !== null ? key : "");
    if (key === "ArrowDown") choose((at + 1) % Math.max(1, count));
    else if (key === "ArrowUp") choose((Math.max(at, 0) - 1 + count) % Math.max(1, count));
    else if (key === "Enter") act(at);
    else if (isNew && newAt !== null) choose(newAt);
    else if (isLetter && begun !== "") type(begun + key);
    else return;
    event.preventDefault();
  };
}

/** By the typed words where there are some; else by the idea's own and those above it. */
function useAsked(
  { map, room, offline }: Linking,
  id: NodeId,
  typed: string,
  filter: LinkFilter,
): Suggested {
  const text = typed.trim();
  const ask = text === "" ? askFor(map, room.model, id) : { text: text.slice(0, 400), map };
  const isNarrow = filter.trl > 0 || filter.market !== "any";
  const kind = isNarrow ? "solution" : filter.kind === "all" ? undefined : filter.kind;
  return useSuggest(offline || !ask ? null : { ...ask, kind, limit: ASKED }, PAUSE_MS);
}
