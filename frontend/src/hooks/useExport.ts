import { useMutation, useQuery } from "@tanstack/react-query";
import { type ExportChoice, exportMap, listExportFormats } from "~/api/exports";

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
    mutationFn: async (choice: ExportChoice) => {
      const file = await exportMap(map, choice);
      const address = URL.createObjectURL(file.content);
      const link = document.createElement("a");
      link.href = address;
      link.download = file.name;
      link.click();
      // The browser has taken it over by then; at once would be too early for some.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      return file.name;
    },
  });
}
