import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { readCoverage, readMatrix, readWatch } from "~/api/coverage";
import type { MatrixQuery } from "~/api/types";

/** How the gaps are covered. */
export function useCoverage() {
  return useQuery({ queryKey: ["catalogue", "coverage"], queryFn: readCoverage });
}

/** Which solutions fit which gaps; what is shown stays while a changed filter loads. */
export function useMatrix(query: MatrixQuery) {
  return useQuery({
    queryKey: ["catalogue", "matrix", query],
    queryFn: () => readMatrix(query),
    placeholderData: keepPreviousData,
  });
}

/** What somebody should look at. */
export function useWatch() {
  return useQuery({ queryKey: ["catalogue", "watch"], queryFn: readWatch });
}
