/** API tokens: what scripts show in place of a password. */
import { answer, api, given } from "./client";
import type { ListQuery, NewToken, Page, Token } from "./types";

/** A page of one's tokens; their secrets are not in it. */
export const listTokens = (query: ListQuery): Promise<Page<Token>> =>
  answer(api.GET("/api/v1/tokens", { params: { query: given(query) } }));

/** Makes a token. Its secret is in this answer and nowhere else. */
export const createToken = (name: string, days: number): Promise<NewToken> =>
  answer(api.POST("/api/v1/tokens", { body: { name, days } }));

/** Ends a token at once. */
export const revokeToken = (id: string): Promise<unknown> =>
  answer(api.DELETE("/api/v1/tokens/{id}", { params: { path: { id } } }));
