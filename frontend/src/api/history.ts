/** A map after the fact: its log, who wrote what, its checkpoints, and a branch brought back. */
import { answer, api, given } from "./client";
import type {
  Checkpoint,
  Comparison,
  NodeAuthors,
  Page,
  ReplayPage,
  RestoreBody,
  Written,
} from "./types";

/** A stretch of a map's log. */
export const readReplay = (id: string, from?: number): Promise<ReplayPage> =>
  answer(api.GET("/api/v1/maps/{id}/replay", { params: { path: { id }, query: given({ from }) } }));

/** Who wrote one node, and all that was done to it. */
export const readNodeAuthors = async (id: string, node: string): Promise<NodeAuthors | null> => {
  const call = api.GET("/api/v1/maps/{id}/authors", {
    params: { path: { id }, query: { node } },
  });
  return (await answer(call)).items[0] ?? null;
};

/** A map's checkpoints, newest first. */
export const listCheckpoints = (id: string, cursor?: string): Promise<Page<Checkpoint>> =>
  answer(
    api.GET("/api/v1/maps/{id}/checkpoints", {
      params: { path: { id }, query: given({ cursor }) },
    }),
  );

/** What differs between two places of a map's log. */
export const readComparison = (id: string, from: string, to: string): Promise<Comparison> =>
  answer(api.GET("/api/v1/maps/{id}/compare", { params: { path: { id }, query: { from, to } } }));

/** Brings a branch back as it was. */
export const restoreBranch = (id: string, body: RestoreBody): Promise<Written> =>
  answer(api.POST("/api/v1/maps/{id}/restore", { params: { path: { id } }, body }));
