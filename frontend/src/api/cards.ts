/** Cards of the catalogue as a map shows them: what it links, what may fit an idea, a gap made of one. */
import { answer, api, given } from "./client";
import { orKept } from "./kept";
import { readLinkState } from "./links";
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
export const readCards = (id: string): Promise<MapCards> => orKept(`cards.${id}`, readBoth(id));

async function readBoth(id: string): Promise<MapCards> {
  const call = api.GET("/api/v1/maps/{id}/cards", { params: { path: { id } } });
  const { items, links } = await answer(call);
  return { items, links: links.map((link) => ({ ...link, state: readLinkState(link.state) })) };
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
