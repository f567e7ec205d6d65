/** How the gaps are covered, and what somebody should look at. */
import { answer, api, given } from "./client";
import type { Coverage, Matrix, MatrixQuery, Watch } from "./types";

/** How the gaps are covered, in all and by group. */
export const readCoverage = (): Promise<Coverage> => answer(api.GET("/api/v1/coverage"));

/** Which solutions fit which gaps. */
export const readMatrix = (query: MatrixQuery): Promise<Matrix> =>
  answer(api.GET("/api/v1/coverage/matrix", { params: { query: given(query) } }));

/** Where the same is to be had as a table for spreadsheets. */
export function matrixTableAddress(query: MatrixQuery): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined);
  const words = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
  return `/api/v1/coverage/matrix.csv?${words}`;
}

/** What is unlinked, stale, contradicted or without evidence, and how ripe the solutions are. */
export const readWatch = (): Promise<Watch> => answer(api.GET("/api/v1/watch"));
