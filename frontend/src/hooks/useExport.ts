import { useMutation, useQuery } from "@tanstack/react-query";
import { type ExportChoice, exportMap, listExportFormats } from "~/api/exports";
import { saveFile } from "./saveFile";

/** What a map can be exported as. */
export function useExportFormats(map: string) {
  return useQuery({
    queryKey: ["maps", "formats"],
    queryFn: () => listExportFormats(map),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Exports a map, and hands the file to the browser as a download. */
export function useExport(map: string) {
  return useMutation({
    mutationFn: async (choice: ExportChoice) => saveFile(await exportMap(map, choice)),
  });
}
