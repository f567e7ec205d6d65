import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  listImportFields,
  listImportNotes,
  listImportRows,
  listImports,
  listMappings,
  readImport,
  sampleImport,
  saveMapping,
} from "~/api/imports";
import type { Import } from "~/api/types";
import { useList } from "./useList";

const BUSY: ReadonlySet<string> = new Set(["reading", "applying", "undoing"]);

/** Whether somebody works on an import, so that it changes by itself. */
export const isBusy = (it: Import) => BUSY.has(it.state);

/** The imports there were. */
export function useImports() {
  return useList(["imports"], listImports, { every: 10_000 });
}

/** One import, looked at again while it is worked on. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ["import", id],
    queryFn: () => readImport(id),
    refetchInterval: (query) => (query.state.data && isBusy(query.state.data) ? 500 : false),
  });
}

/**
 * Does something with an import, once all that was done before is done: who decides and at once carries
 * it out means that decision. What it answers is shown at once.
 */
export function useImportStep<Input>(id: string, step: (input: Input) => Promise<Import>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: step,
    scope: { id: `import ${id}` },
    onSuccess: (next) => {
      client.setQueryData(["import", id], next);
      void client.invalidateQueries({ queryKey: ["import-rows", id] });
      void client.invalidateQueries({ queryKey: ["imports"] });
    },
    onError: () => client.invalidateQueries({ queryKey: ["import", id] }),
  });
}

/** What its rows would do. */
export function useImportRows(id: string, conflicts: boolean) {
  return useList(["import-rows", id, conflicts], (cursor) => listImportRows(id, conflicts, cursor));
}

/** What was not taken; looked up anew when the import has gone on. */
export function useImportNotes(id: string, state: string, n: number) {
  return useList(["import-notes", id, state, n], (cursor) => listImportNotes(id, cursor), {
    enabled: n > 0,
  });
}

/** The first lines of its file. */
export function useImportSample(id: string, delimiter: string, encoding: string, row: number) {
  return useQuery({
    queryKey: ["import-sample", id, delimiter, encoding, row],
    queryFn: () => sampleImport(id, { delimiter, encoding, header_row: row }),
    placeholderData: (previous) => previous,
  });
}

/** The saved mappings, and where columns can go. */
export function useMappings() {
  return useQuery({ queryKey: ["mappings"], queryFn: listMappings });
}

export function useImportFields() {
  return useQuery({
    queryKey: ["import-fields"],
    queryFn: listImportFields,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Keeps a mapping under a name. */
export function useSaveMapping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: saveMapping,
    onSuccess: () => client.invalidateQueries({ queryKey: ["mappings"] }),
  });
}
