/** Maps: the documents of a session. Their content comes over the socket. */
import { answer, api, given } from "./client";
import { orKept } from "./kept";
import type { MapChange, MapEntry, MapRecord, Page, Redacted, Redaction } from "./types";

/** The maps of a session. */
export const listMaps = (session: string, cursor?: string): Promise<Page<MapRecord>> =>
  answer(api.GET("/api/v1/maps", { params: { query: given({ session, cursor }) } }));

/** One map, and who the asker is in it; while the server is away, as it was. */
export const readMap = (id: string): Promise<MapEntry> =>
  orKept(`map.${id}`, answer(api.GET("/api/v1/maps/{id}", { params: { path: { id } } })));

/** Makes an empty map. */
export const createMap = (session: string, title: string): Promise<MapRecord> =>
  answer(api.POST("/api/v1/maps", { body: { session, title } }));

/** Renames, locks or opens a map. */
export const changeMap = (id: string, body: MapChange): Promise<MapRecord> =>
  answer(api.PATCH("/api/v1/maps/{id}", { params: { path: { id } }, body }));

/** Takes words out of a map for good, or says what would go. */
export const redactMap = (id: string, body: Redaction): Promise<Redacted> =>
  answer(api.POST("/api/v1/maps/{id}/redact", { params: { path: { id } }, body }));
