import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  changeReport,
  createReport,
  deleteReport,
  downloadReport,
  listReportFormats,
  listReportNamings,
  listReports,
  readReport,
  readReportDocument,
  stepReport,
} from "~/api/reports";
import type { NewReport, Report, ReportChange, ReportState, ReportsQuery } from "~/api/types";
import { useFile } from "./useFile";
import { useList } from "./useList";

const KEY = "reports";

/** The reports, newest first, narrowed by `filter`. */
export function useReports(filter: Omit<ReportsQuery, "cursor">) {
  return useList([KEY, "list", filter], (cursor) => listReports({ ...filter, cursor }));
}

/** One report, by id or number. */
export function useReport(id: string, enabled = true) {
  return useQuery({ queryKey: [KEY, "one", id], queryFn: () => readReport(id), enabled });
}

/** What a report says. What was sent to review stays as it is; of a draft, it is as the records stand. */
export function useReportDocument(report: Report) {
  return useQuery({
    queryKey: [KEY, "document", report.id, report.version],
    queryFn: () => readReportDocument(report.id),
    // A step changes the report's version: what it said before stays on the screen meanwhile.
    placeholderData: keepPreviousData,
    ...(report.snapshot_hash !== null && { staleTime: Number.POSITIVE_INFINITY }),
  });
}

/** Which texts of a report name somebody who took part in its sessions. */
export function useReportNamings(report: Report, enabled: boolean) {
  return useQuery({
    queryKey: [KEY, "namings", report.id, report.version],
    queryFn: () => listReportNamings(report.id),
    enabled,
  });
}

/** What a report can be downloaded as. */
export function useReportFormats(id: string) {
  return useQuery({
    queryKey: [KEY, "formats"],
    queryFn: () => listReportFormats(id),
  });
}

/** After a change, lists and neighbours look different too: who publishes one may supersede another. */
const renew = (client: QueryClient) => client.invalidateQueries({ queryKey: [KEY] });

/** Makes a report, or with an id changes that draft. */
export function useSaveReport(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewReport & ReportChange): Promise<Report> =>
      id === null ? createReport(body) : changeReport(id, body),
    onSuccess: () => renew(client),
  });
}

/** Takes a report a step on, or back. */
export function useStepReport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: { state: ReportState; version: number }) =>
      stepReport(id, step.state, step.version),
    // Also where somebody else was first: the page then shows how it stands.
    onSettled: () => renew(client),
  });
}

/** Deletes a draft. */
export function useDeleteReport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => deleteReport(id, version),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY, "list"] }),
  });
}

/** Downloads a report as a file. */
export function useDownloadReport(id: string) {
  return useFile((format: string, signal) => downloadReport(id, format, signal));
}
