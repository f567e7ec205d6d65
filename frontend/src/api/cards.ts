/** Cards of the catalogue as a map shows them: what it links, what may fit an idea, a gap made of one. */
import { answer, api, given } from "./client";
import { orKept } from "./kept";
import { listConfirmed } from "./links";
import type { Card, MapCards, Suggestions } from "./types";

/** What `readSuggestions` looks for. */
export interface SuggestAsk {
  text: string;
  /** The words above the idea, root first. */
  path?: string[];
  kind?: "gap" | "solution" | undefined;
  map?: string;
  limit?: number;
}

/** The cards of all that a map links, and what was decided of links; while the server is away, as they were. */
export const readCards = (id: string, session: string): Promise<MapCards> =>
  orKept(`cards.${id}`, readBoth(id, session));

async function readBoth(id: string, session: string): Promise<MapCards> {
  const [cards, rows] = await Promise.all([
    answer(api.GET("/api/v1/maps/{id}/cards", { params: { path: { id } } })),
    // Without it all links look as if they were proposed, which is no reason to show no cards.
    listConfirmed(session).catch(() => []),
  ]);
  const links = rows
    .filter((row) => row.map === id)
    .flatMap(({ node, links }) => links.map(({ target, state }) => ({ node, target, state })));
  return { items: cards.items, links };
}

/** What the catalogue has that may fit some words, the best first. */
export const readSuggestions = (ask: SuggestAsk, signal?: AbortSignal): Promise<Suggestions> =>
  answer(api.GET("/api/v1/suggest", { params: { query: given(ask) }, ...(signal && { signal }) }));

/** Makes a gap of a node, which is linked to it. */
export const makeGap = (map: string, node: string, title?: string): Promise<Card> =>
  answer(
    api.POST("/api/v1/maps/{id}/nodes/{node}/gap", {
      params: { path: { id: map, node } },
      body: given({ title }),
    }),
  );
