/** Votes and silent ideas: one's own alone; nobody else's are ever told. */
import { answer, api } from "./client";
import type { Idea, MyVotes, Revealed } from "./types";

const at = (round: string) => ({ params: { path: { id: round } } });

/** One's votes in a round. */
export const readVotes = (round: string): Promise<MyVotes> =>
  answer(api.GET("/api/v1/rounds/{id}/votes", at(round)));

/** Gives a node so many votes. */
export const putVotes = (round: string, node: string, n: number): Promise<MyVotes> =>
  answer(api.PUT("/api/v1/rounds/{id}/votes", { ...at(round), body: { node, n } }));

/** One's ideas in a silent round, the first first. */
export const listIdeas = (round: string): Promise<readonly Idea[]> =>
  answer(api.GET("/api/v1/rounds/{id}/ideas", at(round))).then(({ items }) => items);

/** Writes an idea down; with the same id again, it is still one idea. */
export const addIdea = (round: string, id: string, text: string): Promise<Idea> =>
  answer(api.POST("/api/v1/rounds/{id}/ideas", { ...at(round), body: { id, text } }));

const one = (round: string, idea: string) => ({ params: { path: { id: round, idea } } });

/** Writes an idea anew. */
export const changeIdea = (round: string, idea: string, text: string): Promise<Idea> =>
  answer(api.PATCH("/api/v1/rounds/{id}/ideas/{idea}", { ...one(round, idea), body: { text } }));

/** Takes an idea back. */
export const deleteIdea = (round: string, idea: string): Promise<unknown> =>
  answer(api.DELETE("/api/v1/rounds/{id}/ideas/{idea}", one(round, idea)));

/** Has all ideas of a round appear in a map, under a node. */
export const revealIdeas = (round: string, map: string, node: string | null): Promise<Revealed> =>
  answer(api.POST("/api/v1/rounds/{id}/reveal", { ...at(round), body: { map, node } }));
