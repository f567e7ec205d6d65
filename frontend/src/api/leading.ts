/** What a facilitator does in a map while people work in it. */
import { answer, api } from "./client";

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
