/** What a facilitator does in a map while people work in it. */
import { answer, api } from "./client";
import type { Checkpoint, Page } from "./types";

const at = (map: string) => ({ params: { path: { id: map } } });

/** Locks a branch for everybody but facilitators, or opens it again. */
export const lockBranch = (map: string, node: string, locked: boolean): Promise<unknown> =>
  answer(api.POST("/api/v1/maps/{id}/locks", { ...at(map), body: { node, locked } }));

/** Calls everybody to a node, or to the map as a whole. */
export const callTo = (map: string, node: string | null): Promise<unknown> =>
  answer(api.POST("/api/v1/maps/{id}/call", { ...at(map), body: { node } }));

/** Has everybody's page follow this one, or no longer. */
export const lead = (map: string, on: boolean): Promise<unknown> =>
  answer(api.POST("/api/v1/maps/{id}/follow", { ...at(map), body: { on } }));

/** Makes one node of several that say the same. */
export const mergeNodes = (map: string, into: string, nodes: readonly string[]): Promise<unknown> =>
  answer(api.POST("/api/v1/maps/{id}/merge", { ...at(map), body: { into, nodes: [...nodes] } }));

/** Takes back what one participant did in the map; how much that was. */
export const rollBack = (map: string, participant: string): Promise<{ changed: number }> =>
  answer(api.POST("/api/v1/maps/{id}/rollback", { ...at(map), body: { participant } }));

/** A map's checkpoints, newest first. */
export const listCheckpoints = (map: string): Promise<Page<Checkpoint>> =>
  answer(api.GET("/api/v1/maps/{id}/checkpoints", at(map)));

/** Makes a checkpoint of the map as it is. */
export const makeCheckpoint = (map: string, title: string): Promise<Checkpoint> =>
  answer(api.POST("/api/v1/maps/{id}/checkpoints", { ...at(map), body: { title } }));
