/** Participants: pseudonyms in a session. */
import { answer, api, given } from "./client";
import type { MapAuthor, Page, Participant } from "./types";

/** The participants of a session. */
export const listParticipants = (session: string, cursor?: string): Promise<Page<Participant>> =>
  answer(api.GET("/api/v1/participants", { params: { query: given({ session, cursor }) } }));

/** Those who may have written in a map; its document holds their ids and no names. */
export const listPeople = (map: string, cursor?: string): Promise<Page<MapAuthor>> =>
  answer(
    api.GET("/api/v1/maps/{id}/people", {
      params: { path: { id: map }, query: given({ cursor, limit: 500 }) },
    }),
  );

/** Removes a participant: their page is closed within a second, their words stay. */
export const removeParticipant = (id: string): Promise<unknown> =>
  answer(api.DELETE("/api/v1/participants/{id}", { params: { path: { id } } }));

/** Erases who a participant is: a neutral name takes the place of theirs, their words stay. */
export const eraseParticipant = (id: string): Promise<Participant> =>
  answer(api.POST("/api/v1/participants/{id}/erase", { params: { path: { id } } }));
