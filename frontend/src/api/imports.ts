/** Files on their way into the catalogue, and how tables of others are read. */
import { ApiError, answer, api, given } from "./client";
import type {
  Import,
  ImportDecisions,
  ImportNote,
  ImportPreview,
  ImportRow,
  ImportSample,
  NewMapping,
  Page,
  SavedMapping,
} from "./types";

const at = (id: string) => ({ params: { path: { id } } });

/** The imports there were, newest first. */
export const listImports = (cursor?: string): Promise<Page<Import>> =>
  answer(api.GET("/api/v1/imports", { params: { query: given({ cursor }) } }));

/** Where one stands. */
export const readImport = (id: string): Promise<Import> =>
  answer(api.GET("/api/v1/imports/{id}", at(id)));

/** Sends a file; `onProgress` hears how much of it has gone, from 0 to 1. */
export function uploadImport(
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  // fetch tells nothing of how far a body has gone.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/imports?file_name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) =>
      onProgress(event.total === 0 ? 0 : event.loaded / event.total);
    request.onerror = () => reject(new ApiError(0, "network", ""));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onload = () => {
      const response = new Response(null, { status: request.status });
      const body: unknown = request.response;
      answer(Promise.resolve({ response, data: body as Import, error: body })).then(
        resolve,
        reject,
      );
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** The first lines of a file. */
export const sampleImport = (
  id: string,
  query: { delimiter?: string; encoding?: string; header_row?: number },
): Promise<ImportSample> =>
  answer(api.GET("/api/v1/imports/{id}/sample", { params: { path: { id }, query } }));

/** Begins to look what a file would do. */
export const previewImport = (id: string, body: ImportPreview): Promise<Import> =>
  answer(api.POST("/api/v1/imports/{id}/preview", { ...at(id), body }));

/** What its rows would do. */
export const listImportRows = (
  id: string,
  conflicts: boolean,
  cursor?: string,
): Promise<Page<ImportRow>> =>
  answer(
    api.GET("/api/v1/imports/{id}/rows", {
      params: { path: { id }, query: given({ cursor, conflicts }) },
    }),
  );

/** Decides conflicts. */
export const decideImport = (id: string, body: ImportDecisions): Promise<Import> =>
  answer(api.PUT("/api/v1/imports/{id}/decisions", { ...at(id), body }));

/** Begins to carry it out, to take it back; stops either. */
export const applyImport = (id: string): Promise<Import> =>
  answer(api.POST("/api/v1/imports/{id}/apply", at(id)));
export const undoImport = (id: string): Promise<Import> =>
  answer(api.POST("/api/v1/imports/{id}/undo", at(id)));
export const cancelImport = (id: string): Promise<Import> =>
  answer(api.POST("/api/v1/imports/{id}/cancel", at(id)));

/** The lines that were not taken, or not whole. */
export const listImportNotes = (id: string, cursor?: string): Promise<Page<ImportNote>> =>
  answer(
    api.GET("/api/v1/imports/{id}/notes", { params: { path: { id }, query: given({ cursor }) } }),
  );

/** The mappings that have a name. */
export const listMappings = (): Promise<Page<SavedMapping>> =>
  answer(api.GET("/api/v1/import-mappings"));

/** Keeps a mapping under a name, over the one that has it. */
export const saveMapping = (body: NewMapping): Promise<SavedMapping> =>
  answer(api.PUT("/api/v1/import-mappings", { body }));

/** Where the cells of a column can go. */
export const listImportFields = (): Promise<{ gap: string[]; solution: string[] }> =>
  answer(api.GET("/api/v1/import-fields"));
