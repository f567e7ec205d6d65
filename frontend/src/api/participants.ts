/** Participants: pseudonyms in a session. */
import { answer, api, given } from "./client";
import type { Page, Participant } from "./types";

/** The participants of a session. */
export const listParticipants = (session: string, cursor?: string): Promise<Page<Participant>> =>
  answer(api.GET("/api/v1/participants", { params: { query: given({ session, cursor }) } }));

/** Removes a participant: their page is closed within a second, their words stay. */
export const removeParticipant = (id: string): Promise<unknown> =>
  answer(api.DELETE("/api/v1/participants/{id}", { params: { path: { id } } }));
