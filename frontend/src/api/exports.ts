/** Maps as files for other programs. */
import { answer, api, given } from "./client";
import type { ExportFormat } from "./types";

/** What of a map goes into the file. */
export interface ExportChoice {
  format: string;
  /** Only the branch under this node; without it, the whole map. */
  branch: string | undefined;
  notes: boolean;
  links: boolean;
  votes: boolean;
}

/** A file, and what it is to be called. */
export interface ExportFile {
  name: string;
  content: Blob;
  /** To how many hundredths of its size a picture had to be scaled down; null where it was not. */
  percent: number | null;
}

/** What a map can be exported as. */
export const listExportFormats = async (map: string): Promise<ExportFormat[]> =>
  (await answer(api.GET("/api/v1/maps/{id}/export/formats", { params: { path: { id: map } } })))
    .items;

/** Writes a map as a file. */
export async function exportMap(
  map: string,
  choice: ExportChoice,
  signal: AbortSignal,
): Promise<ExportFile> {
  const call = api.GET("/api/v1/maps/{id}/export", {
    params: { path: { id: map }, query: given(choice) },
    parseAs: "blob",
    signal,
  });
  return fileOf(call, "map");
}

/** The file that comes for an answer, called `otherwise` where the answer says no name. */
export async function fileOf(
  call: Parameters<typeof answer>[0],
  otherwise: string,
): Promise<ExportFile> {
  const content: unknown = await answer(call);
  const { response } = await call;
  const name = nameIn(response.headers.get("content-disposition")) ?? otherwise;
  const percent = response.headers.get("gapmap-percent");
  return { name, content: content as Blob, percent: percent === null ? null : Number(percent) };
}

/** The file name in a `Content-Disposition`, in the form that takes all letters (RFC 6266). */
function nameIn(disposition: string | null): string | null {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
