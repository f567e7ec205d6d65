import { useQuery } from "@tanstack/react-query";
import { type ExportChoice, exportMap, listExportFormats } from "~/api/exports";
import { useFile } from "./useFile";

/** What a map can be exported as. */
export function useExportFormats(map: string) {
  return useQuery({
    queryKey: ["maps", "formats"],
    queryFn: () => listExportFormats(map),
  });
}

/** Exports a map, and hands the file to the browser as a download. */
export function useExport(map: string) {
  return useFile((choice: ExportChoice, signal) => exportMap(map, choice, signal));
}
