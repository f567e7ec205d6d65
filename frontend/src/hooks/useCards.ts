import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readCards } from "~/api/cards";
import type { Card, LinkState, MapCards } from "~/api/types";
import type { RoomState } from "~/hooks/useRoom";

/** What a map links to, as far as it is known here. */
export interface LinkCards {
  /** The card of a target; undefined while it is not known. */
  readonly card: (target: string) => Card | undefined;
  /** What became of a link: whether anybody has confirmed it. */
  readonly standing: (node: string, target: string) => LinkState;
  /** All that are known, for when nobody can be asked. */
  readonly known: readonly Card[];
  /** Takes in cards from elsewhere, such as what was just offered. */
  readonly learn: (cards: readonly Card[]) => void;
  /** Takes in what one has decided of a link oneself. */
  readonly decided: (node: string, target: string, state: LinkState) => void;
}

/** Everybody in a map hears at once that a card changed; they shall not all ask at once. */
const SPREAD_MS = 400;
/** A link that is new here may be newer than what the server has read off the map. */
const UNKNOWN_MS = 1_200;
/** As often as this a card is asked for that the server does not give. */
const TRIES = 4;

/** The cards of what an open map links; read again whenever the catalogue says that one changed. */
export function useCards(map: string, { status, model }: RoomState): LinkCards {
  const client = useQueryClient();
  const key = useMemo(() => ["cards", map], [map]);
  const { data, isFetched } = useQuery({
    queryKey: key,
    queryFn: () => readCards(map),
    // What the server says of the catalogue comes first: what is read after that is not older.
    enabled: status.session !== null || status.phase === "offline",
    staleTime: Number.POSITIVE_INFINITY,
  });
  const read = useCallback(() => void client.invalidateQueries({ queryKey: key }), [client, key]);
  const soon = useOnceSoon(read);
  useWhenChanged(status.session?.catalogue ?? null, () => soon(Math.random() * SPREAD_MS));

  const [learned, setLearned] = useState<ReadonlyMap<string, Card>>(() => new Map());
  const learn = useCallback((cards: readonly Card[]) => {
    setLearned((old) => {
      const isNews = cards.some((it) => old.get(it.target) !== it);
      return isNews ? new Map([...old, ...cards.map((it) => [it.target, it] as const)]) : old;
    });
  }, []);
  const decided = useCallback(
    (node: string, target: string, state: LinkState) => {
      client.setQueryData<MapCards>(key, (old) => {
        const others = old?.links.filter((it) => it.node !== node || it.target !== target) ?? [];
        return old && { ...old, links: [...others, { node, target, state }] };
      });
    },
    [client, key],
  );
  const cards = useMemo(() => {
    const all = new Map(learned);
    for (const card of data?.items ?? []) all.set(card.target, card);
    const states = new Map<string, LinkState>();
    for (const it of data?.links ?? []) states.set(`${it.node} ${it.target}`, it.state);
    return {
      card: (target: string) => all.get(target),
      standing: (node: string, target: string) => states.get(`${node} ${target}`) ?? "proposed",
      known: [...all.values()],
    };
  }, [data, learned]);
  useUnknown(model, isFetched ? cards.card : null, soon);
  return useMemo(() => ({ ...cards, learn, decided }), [cards, learn, decided]);
}

/** Does something after a while; asked again meanwhile, it is done once, at the earlier time. */
function useOnceSoon(act: () => void): (delay: number) => void {
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; at: number } | null>(null);
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);
  return useCallback(
    (delay) => {
      const at = Date.now() + delay;
      if (waiting.current && waiting.current.at <= at) return;
      clearTimeout(waiting.current?.timer);
      const timer = setTimeout(() => {
        waiting.current = null;
        act();
      }, delay);
      waiting.current = { timer, at };
    },
    [act],
  );
}

function useWhenChanged(value: number | null, act: () => void): void {
  const before = useRef(value);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const old = before.current;
    before.current = value ?? old;
    if (old !== null && value !== null && value !== old) latest.current();
  }, [value]);
}

/** Asks again for cards that a new link of somebody's needs. */
function useUnknown(
  model: RoomState["model"],
  card: LinkCards["card"] | null,
  soon: (delay: number) => void,
): void {
  const tries = useRef(new Map<string, number>());
  useEffect(() => {
    if (!card) return;
    const look = (ids: Iterable<string>) => {
      for (const id of ids) {
        for (const { target } of model.node(id)?.links ?? []) {
          const tried = tries.current.get(target) ?? 0;
          if (card(target) || tried >= TRIES) continue;
          tries.current.set(target, tried + 1);
          soon(UNKNOWN_MS * 2 ** tried);
        }
      }
    };
    look(Array.from(model.walk(), ({ id }) => id));
    return model.subscribe(({ nodes }) => look(nodes));
  }, [model, card, soon]);
}
