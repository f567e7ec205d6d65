/** Sessions: workshop sittings. */
import { answer, api, given } from "./client";
import type { NewSession, Page, Session, SessionChange, SessionsQuery } from "./types";

/** A page of the sessions that the signed-in account may see. */
export const listSessions = (query: SessionsQuery): Promise<Page<Session>> =>
  answer(api.GET("/api/v1/sessions", { params: { query: given(query) } }));

/** One session. */
export const readSession = (id: string): Promise<Session> =>
  answer(api.GET("/api/v1/sessions/{id}", { params: { path: { id } } }));

/** Makes a session; it is live at once unless it says otherwise. */
export const createSession = (body: NewSession): Promise<Session> =>
  answer(api.POST("/api/v1/sessions", { body }));

/** Changes the fields that `body` names. */
export const changeSession = (id: string, body: SessionChange): Promise<Session> =>
  answer(api.PATCH("/api/v1/sessions/{id}", { params: { path: { id } }, body }));
