/** The ideas of a session with what they are linked to: the Links board. */
import { answer, api, given } from "./client";
import type { BoardQuery, BoardRow, LinkState, Page } from "./types";

/** What became of a link, in words that pages know; whatever else the server says is a proposal to them. */
export const readLinkState = (state: string): LinkState =>
  state === "confirmed" || state === "rejected" ? state : "proposed";

async function readBoard(id: string, query: BoardQuery): Promise<Page<BoardRow>> {
  const call = api.GET("/api/v1/sessions/{id}/links", {
    params: { path: { id }, query: given(query) },
  });
  const { items, next } = await answer(call);
  const rows = items.map((row) => ({
    ...row,
    links: row.links.map((link) => ({ ...link, state: readLinkState(link.state) })),
  }));
  return { items: rows, next };
}

/** The ideas of a session, those with the most votes first. */
export const listBoard = (
  id: string,
  linked: string | undefined,
  cursor?: string,
): Promise<Page<BoardRow>> => readBoard(id, { linked, sort: "votes", cursor });

/** Confirms a link, rejects it, or makes it a proposal again. */
export const decideLink = async (
  map: string,
  node: string,
  target: string,
  state: LinkState,
): Promise<void> => {
  await answer(
    api.PUT("/api/v1/maps/{id}/nodes/{node}/links/{target}", {
      params: { path: { id: map, node, target } },
      body: { state },
    }),
  );
};
