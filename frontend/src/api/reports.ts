/** Reports: from the draft to the files. */
import { answer, api, given } from "./client";
import { type ExportFile, fileOf } from "./exports";
import type {
  NewReport,
  Page,
  Report,
  ReportChange,
  ReportDocument,
  ReportFormat,
  ReportNaming,
  ReportState,
  ReportsQuery,
} from "./types";

const at = (id: string) => ({ params: { path: { id } } });

/** A page of the reports. */
export const listReports = (query: ReportsQuery): Promise<Page<Report>> =>
  answer(api.GET("/api/v1/reports", { params: { query: given(query) } }));

/** One report, by id or number, without its content. */
export const readReport = (id: string): Promise<Report> =>
  answer(api.GET("/api/v1/reports/{id}", at(id)));

/** Makes a report, as a draft. */
export const createReport = (body: NewReport): Promise<Report> =>
  answer(api.POST("/api/v1/reports", { body }));

/** Changes a draft, from the version in `body`. */
export const changeReport = (id: string, body: ReportChange): Promise<Report> =>
  answer(api.PATCH("/api/v1/reports/{id}", { ...at(id), body }));

/** Takes a report a step on, or back. */
export const stepReport = (id: string, state: ReportState, version: number): Promise<Report> =>
  answer(api.POST("/api/v1/reports/{id}/state", { ...at(id), body: { state, version } }));

/** Deletes a draft, if it still has this version. */
export const deleteReport = (id: string, version: number): Promise<unknown> =>
  answer(
    api.DELETE("/api/v1/reports/{id}", {
      params: { path: { id } },
      headers: { "If-Match": `"${version}"` },
    }),
  );

/** What a report says: of a draft, as the records stand now. */
export const readReportDocument = (id: string): Promise<ReportDocument> =>
  answer(api.GET("/api/v1/reports/{id}/preview", at(id)));

/** Which texts of a report name somebody who took part in its sessions. */
export const listReportNamings = async (id: string): Promise<ReportNaming[]> =>
  (await answer(api.GET("/api/v1/reports/{id}/namings", at(id)))).items;

/** What a report can be downloaded as. */
export const listReportFormats = async (id: string): Promise<ReportFormat[]> =>
  (await answer(api.GET("/api/v1/reports/{id}/formats", at(id)))).items;

/** Writes a report as a file. */
export async function downloadReport(
  id: string,
  format: string,
  signal: AbortSignal,
): Promise<ExportFile> {
  const call = api.GET("/api/v1/reports/{id}/download", {
    params: { path: { id }, query: { format } },
    parseAs: "blob",
    signal,
  });
  return fileOf(call, "report");
}

/** Where a report stands as one page of its own. */
export const reportPageAddress = (id: string): string =>
  `/api/v1/reports/${encodeURIComponent(id)}/download?format=html&view=inline`;
