/** Votes and ideas of a round: one's own alone; nobody else's are ever told. */
import { answer, api } from "./client";

/** One's votes in a round. */
export interface MyVotes {
  /** How many by node. */
  votes: Record<string, number>;
  left: number;
}

/** An idea that nobody else sees yet. */
export interface Idea {
  id: string;
  text: string;
}

const at = (round: string) => ({ params: { path: { id: round } } });

/** One's votes in a round. */
export const readVotes = (round: string): Promise<MyVotes> =>
  answer(api.GET("/api/v1/rounds/{id}/votes" as never, at(round) as never)) as Promise<MyVotes>;

/** Gives a node so many votes. */
export const putVotes = (round: string, node: string, n: number): Promise<MyVotes> =>
  answer(
    api.PUT("/api/v1/rounds/{id}/votes" as never, { ...at(round), body: { node, n } } as never),
  ) as Promise<MyVotes>;
