import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  changeRecord,
  createRecord,
  listRecords,
  mergeRecord,
  type RecordBody,
  readRecord,
  readRecordHistory,
  readScores,
  readShapes,
  scoreFit,
} from "~/api/records";
import type { FitScores, RecordKind, RecordQueries, RecordShape, Records } from "~/api/types";
import { useList } from "./useList";

const KEY = "catalogue";

/** The fields and states of a kind of record, as the server has them. */
export function useShape(kind: RecordKind): RecordShape | undefined {
  const { data } = useShapes();
  return data?.kinds.find((it) => it.kind === kind);
}

/** What all kinds of records are made of; it changes with the server's version only. */
export function useShapes() {
  return useQuery({
    queryKey: ["shapes"],
    queryFn: readShapes,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One page of the records of a kind; what is shown stays while a changed filter loads. */
export function useRecordPage<Kind extends RecordKind>(kind: Kind, query: RecordQueries[Kind]) {
  return useQuery({
    queryKey: [KEY, kind, "page", query],
    queryFn: () => listRecords(kind, query),
    placeholderData: keepPreviousData,
  });
}

/** The records of a kind, page by page. */
export function useRecordList<Kind extends RecordKind>(
  kind: Kind,
  query: RecordQueries[Kind],
  enabled = true,
) {
  const read = (cursor: string | undefined) => listRecords(kind, { ...query, cursor });
  return useList<Records[Kind]>([KEY, kind, "list", query], read, { enabled });
}

/** One record, by id or number. */
export function useRecord<Kind extends RecordKind>(kind: Kind, id: string, enabled = true) {
  return useQuery({
    queryKey: [KEY, kind, "one", id],
    queryFn: () => readRecord(kind, id),
    enabled,
  });
}

/** How a record changed. */
export function useRecordHistory(kind: RecordKind, id: string) {
  return useList([KEY, kind, "history", id], (cursor) => readRecordHistory(kind, id, cursor));
}

/** After a change anything may look different: lights, counts, neighbours. */
const renew = (client: QueryClient) => client.invalidateQueries({ queryKey: [KEY] });

/** Makes a record, or with an id changes that one. */
export function useSaveRecord<Kind extends RecordKind>(kind: Kind, id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RecordBody): Promise<Records[Kind]> =>
      id === null ? createRecord(kind, body) : changeRecord(kind, id, body),
    // Also where somebody else was first: the page then shows how it stands.
    onSettled: () => renew(client),
  });
}

/** Merges a record into another one. */
export function useMergeRecord(kind: "gap" | "solution", id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (into: string) => mergeRecord(kind, id, into),
    onSuccess: () => renew(client),
  });
}

/** What one scored a fit so far. */
export function useScores(id: string) {
  return useQuery({ queryKey: [KEY, "fit", "scores", id], queryFn: () => readScores(id) });
}

/** Scores a fit. */
export function useScoreFit(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FitScores) => scoreFit(id, body),
    onSuccess: () => renew(client),
  });
}
