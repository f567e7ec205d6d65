import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { makeGap as askForGap, type SuggestAsk } from "~/api/cards";
import { decideLink } from "~/api/links";
import type { Card, LinkState } from "~/api/types";
import { toast } from "~/components/Toast";
import { type LinkCards, useCards } from "~/hooks/useCards";
import { useExplain } from "~/hooks/useExplain";
import { useMe } from "~/hooks/useMe";
import type { RoomState } from "~/hooks/useRoom";
import { type Author, removeLink, setLink } from "~/map/commands";
import type { MapModel } from "~/map/model";
import { asTarget, type Fit, type NodeId } from "~/map/schema";
import type { Gate } from "~/pages/session/actions/context";
import type { RoomClient } from "~/sync/RoomClient";
import type { Chips } from "./chips";
import { useChips } from "./useChips";

/** Everything about linking in one open map. */
export interface Linking {
  readonly map: string;
  /** The own participant id. */
  readonly me: string;
  readonly room: RoomState;
  readonly gate: Gate;
  readonly cards: LinkCards;
  readonly chips: Chips;
  /** The node that the palette is open for. */
  readonly node: NodeId | null;
  readonly open: (node: NodeId) => void;
  readonly close: () => void;
  /** Links a node to a card, or takes the link back; null where it may not be. */
  readonly toggle: (node: NodeId, card: Card) => "linked" | "unlinked" | null;
  readonly unlink: (node: NodeId, target: string) => void;
  readonly setFit: (node: NodeId, target: string, fit: Fit | null) => void;
  /** Makes a gap of a node, named by it unless told otherwise; null where that failed. */
  readonly makeGap: (node: NodeId, title?: string) => Promise<Card | null>;
  /** Confirms or rejects; null for those who may not. */
  readonly decide: ((node: NodeId, target: string, state: LinkState) => Promise<void>) | null;
  /** Whether nobody can be asked just now. */
  readonly offline: boolean;
  /** Links the node to what the side panel offers first; set by the panel while it offers anything. */
  readonly firstOffer: RefObject<((node: NodeId) => boolean) | null>;
}

/** The longest wait for an idea to be on the server before a gap is made of it. */
const SAVED_MS = 8_000;

/** Holds what palette, panel, chips and board share about linking. */
export function useLinking(map: string, room: RoomState, author: Author, gate: Gate): Linking {
  const cards = useCards(map, room);
  const chips = useChips(cards);
  const [node, setNode] = useState<NodeId | null>(null);
  const firstOffer = useRef<((node: NodeId) => boolean) | null>(null);
  const { doc, model } = room;
  const { learn } = cards;
  const me = author.id;
  const edits = useMemo(() => {
    const isWithheld = (id: NodeId) => gate.withheld("link", { ids: [id] });
    return {
      toggle: (id: NodeId, card: Card) => {
        const target = asTarget(card.target);
        if (target === null || !model.node(id) || isWithheld(id)) return null;
        learn([card]);
        const isLinked = model.node(id)?.links.some((it) => it.target === target);
        if (isLinked) removeLink(doc, id, target);
        else setLink(doc, { id: me }, id, target);
        return isLinked ? ("unlinked" as const) : ("linked" as const);
      },
      unlink: (id: NodeId, text: string) => {
        const target = asTarget(text);
        if (target && !isWithheld(id)) removeLink(doc, id, target);
      },
      setFit: (id: NodeId, text: string, fit: Fit | null) => {
        const target = asTarget(text);
        if (target && !isWithheld(id)) setLink(doc, { id: me }, id, target, fit ?? undefined);
      },
    };
  }, [doc, model, me, gate, learn]);
  return {
    ...{ map, me, room, gate, cards, chips, node, firstOffer, ...edits },
    open: (id) => setNode(id),
    close: () => setNode(null),
    makeGap: useMakeGap(map, room, gate, learn),
    decide: useDecide(map, cards.decided),
    offline: room.status.phase !== "open",
  };
}

function useMakeGap(
  map: string,
  { room, model }: RoomState,
  gate: Gate,
  learn: LinkCards["learn"],
) {
  const { t } = useTranslation();
  const explain = useExplain();
  const busy = useRef(false);
  return async (node: NodeId, title?: string): Promise<Card | null> => {
    if (busy.current || gate.withheld("link", { ids: [node] })) return null;
    if ((title ?? model.node(node)?.text ?? "").trim() === "") {
      toast({ title: t("link.nothingWritten"), tone: "note" });
      return null;
    }
    busy.current = true;
    try {
      await isSaved(room);
      const card = await askForGap(map, node, title);
      learn([card]);
      toast({ title: t("link.madeGap", { handle: card.handle }) });
      return card;
    } catch (error) {
      toast({ title: explain(error), tone: "danger" });
      return null;
    } finally {
      busy.current = false;
    }
  };
}

/** Waits until the server has what was written here: it makes gaps of ideas that it knows. */
async function isSaved(room: RoomClient): Promise<void> {
  if (room.status.unsent === 0) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(end, SAVED_MS);
    const stop = room.subscribe(() => {
      if (room.status.unsent === 0) end();
    });
    function end(): void {
      clearTimeout(timer);
      stop();
      done();
    }
  });
}

/** Analysts decide what becomes of a link; the server's role table says who they are. */
function useDecide(map: string, decided: LinkCards["decided"]): Linking["decide"] {
  const { t } = useTranslation();
  const explain = useExplain();
  const { data: me } = useMe();
  const role = me?.user?.role;
  const decide = useCallback(
    async (node: NodeId, target: string, state: LinkState) => {
      try {
        await decideLink(map, node, target, state);
        decided(node, target, state);
        toast({ title: t(`link.state.${state}`) });
      } catch (error) {
        toast({ title: explain(error), tone: "danger" });
      }
    },
    [map, decided, t, explain],
  );
  return role === "admin" || role === "analyst" ? decide : null;
}

/** What is asked for a node: its words, and those above it, root first. */
export function askFor(map: string, model: MapModel, id: NodeId): SuggestAsk | null {
  const node = model.node(id);
  const text = node?.text.trim() ?? "";
  if (text.length < 3) return null;
  const path: string[] = [];
  for (let up = node?.parent; up; up = model.node(up)?.parent) {
    path.unshift(cutWords(model.node(up)?.text ?? ""));
  }
  return { text: cutWords(text), path: path.filter(Boolean).slice(-PATH), map };
}

/** More words than these do not make a question better, and an address only so long. */
const WORDS = 400;
const PATH = 6;

function cutWords(text: string): string {
  return text.trim().slice(0, WORDS);
}
