/** The ideas of a session with what they are linked to: the Links board. */
import { answer, api, given } from "./client";
import type { BoardRow, LinkState, Page } from "./types";

/** How the board can be narrowed. */
export interface BoardQuery {
  linked?: "none" | "proposed" | "confirmed" | undefined;
}

/** The ideas of a session, those with the most votes first. */
export const listBoard = (
  id: string,
  query: BoardQuery,
  cursor?: string,
): Promise<Page<BoardRow>> =>
  answer(
    api.GET("/api/v1/sessions/{id}/links", {
      params: { path: { id }, query: given({ ...query, sort: "votes" as const, cursor }) },
    }),
  );

/** The ideas of a session that have a confirmed link, as many as one answer holds. */
export const listConfirmed = async (id: string): Promise<readonly BoardRow[]> => {
  const query = { linked: "confirmed" as const, limit: 500 };
  const call = api.GET("/api/v1/sessions/{id}/links", { params: { path: { id }, query } });
  return (await answer(call)).items;
};

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
