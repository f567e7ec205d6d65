/** The catalogue's records: gaps, solutions, fits and evidence. */
import { answer, api, given } from "./client";
import type {
  FieldValue,
  Fit,
  FitScores,
  Page,
  RecordChange,
  RecordKind,
  RecordQueries,
  Records,
  Shapes,
} from "./types";

/** Field names and their values, `state` and `tlp` among them. */
export type RecordBody = Record<string, FieldValue>;

// The four resources take the same calls. Their types differ only in what the records hold, which each of these
// functions says in its own signature.
const PATHS = {
  gap: "/api/v1/gaps",
  solution: "/api/v1/solutions",
  fit: "/api/v1/fits",
  evidence: "/api/v1/evidence",
} as const satisfies Record<RecordKind, string>;
const list = (kind: RecordKind) => PATHS[kind] as "/api/v1/gaps";
const one = (kind: RecordKind) => `${PATHS[kind]}/{id}` as "/api/v1/gaps/{id}";

/** A page of the records of a kind. */
export const listRecords = <Kind extends RecordKind>(kind: Kind, query: RecordQueries[Kind]) =>
  answer(api.GET(list(kind), { params: { query: given(query) } })) as Promise<unknown> as Promise<
    Page<Records[Kind]>
  >;

/** One record, by id or number; the number of one that was merged gives what it became. */
export const readRecord = <Kind extends RecordKind>(kind: Kind, id: string) =>
  answer(api.GET(one(kind), { params: { path: { id } } })) as Promise<unknown> as Promise<
    Records[Kind]
  >;

/** Makes a record. */
export const createRecord = <Kind extends RecordKind>(kind: Kind, body: RecordBody) =>
  answer(api.POST(list(kind), { body: body as never })) as Promise<unknown> as Promise<
    Records[Kind]
  >;

/** Changes what `body` names, made from the version in it. */
export const changeRecord = <Kind extends RecordKind>(kind: Kind, id: string, body: RecordBody) =>
  answer(
    api.PATCH(one(kind), { params: { path: { id } }, body: body as never }),
  ) as Promise<unknown> as Promise<Records[Kind]>;

/** How a record changed, the last change first. */
export const readRecordHistory = (
  kind: RecordKind,
  id: string,
  cursor: string | undefined,
): Promise<Page<RecordChange>> => {
  const path = `${PATHS[kind]}/{id}/history` as "/api/v1/gaps/{id}/history";
  const query = given({ limit: 20, cursor });
  return answer(api.GET(path, { params: { path: { id }, query } }));
};

/** Merges a gap or a solution into another one, which it gives back. */
export const mergeRecord = <Kind extends "gap" | "solution">(
  kind: Kind,
  id: string,
  into: string,
) => {
  const path = `${PATHS[kind]}/{id}/merge` as "/api/v1/gaps/{id}/merge";
  const call = api.POST(path, { params: { path: { id } }, body: { into } });
  return answer(call) as Promise<unknown> as Promise<Records[Kind]>;
};

/** The fields and states of each kind of record. */
export const readShapes = (): Promise<Shapes> => answer(api.GET("/api/v1/shapes"));

/** What one scored a fit so far. */
export const readScores = (id: string): Promise<FitScores> =>
  answer(api.GET("/api/v1/fits/{id}/scores", { params: { path: { id } } }));

/** Scores a fit, over what one scored before. */
export const scoreFit = (id: string, body: FitScores): Promise<Fit> =>
  answer(api.PUT("/api/v1/fits/{id}/scores", { params: { path: { id } }, body }));
