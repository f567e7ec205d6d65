import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ImportPlace, importMap } from "~/api/mapImports";

/** Says what would come of a file. */
export function useMapPreview(place: ImportPlace) {
  return useMutation({ mutationFn: (file: File) => importMap(place, file, { preview: true }) });
}

/** Imports a file. */
export function useMapImport(place: ImportPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, title }: { file: File; title?: string }) =>
      importMap(place, file, { preview: false, title }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["maps"] }),
  });
}
