/** Maps from other programs. */
import { answer, api, given } from "./client";
import type { ImportedMap } from "./types";

/** Where a file goes: under a node of a map, or into a session as a new map. */
export type ImportPlace = { map: string; under: string } | { session: string };

/** Reads a file as a map. Nothing is written for a preview. */
export function importMap(
  place: ImportPlace,
  file: File,
  { preview, title }: { preview: boolean; title?: string | undefined },
): Promise<ImportedMap> {
  const said = { name: file.name, preview };
  const sent = {
    // The description knows of files only that they are bytes.
    body: file as unknown as string,
    bodySerializer: () => file,
    headers: { "Content-Type": "application/octet-stream" },
  };
  if ("map" in place) {
    const params = { path: { id: place.map }, query: { ...said, under: place.under } };
    return answer(api.POST("/api/v1/maps/{id}/import", { params, ...sent }));
  }
  const params = { path: { id: place.session }, query: given({ ...said, title }) };
  return answer(api.POST("/api/v1/sessions/{id}/maps/import", { params, ...sent }));
}
