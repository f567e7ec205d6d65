/** The one place that speaks HTTP: typed calls, and every way of failing as an `ApiError`. */
import createClient from "openapi-fetch";
import type { paths } from "./schema";
import type { Code, Stale } from "./types";

/** What went wrong, as a closed list: the server's codes, and `network` where no server answered. */
export const ERROR_CODES = [
  "invalid",
  "not_found",
  "unauthenticated",
  "forbidden",
  "conflict",
  "stale",
  "gone",
  "too_large",
  "busy",
  "not_installed",
  "internal",
  "network",
] as const satisfies readonly (Code | "network")[];

/** One of `ERROR_CODES`. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A call that did not do what it was asked. */
export class ApiError extends Error {
  override name = "ApiError";
  /** The HTTP status; 0 where no server answered. */
  readonly status: number;
  readonly code: ErrorCode;
  /** The server's sentence about it. */
  readonly detail: string;
  /** The field of the body that was refused. */
  readonly field: string | null;
  /** For a record of the catalogue that others changed meanwhile: how it stands, and what differs. */
  readonly stale: Stale | null;

  constructor(
    status: number,
    code: ErrorCode,
    detail: string,
    field: string | null = null,
    stale: Stale | null = null,
  ) {
    super(detail || code);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.field = field;
    this.stale = stale;
  }
}

/** Whether a call that failed may go well later, unchanged. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && ["network", "busy", "internal"].includes(error.code);
}

/** Where the API answers: this page's own origin. */
export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "http://localhost" : location.origin,
  // Looked up at each call, so that a test can stand in for the server.
  fetch: (request) => globalThis.fetch(request),
});

/** A query as the calls want it. They leave out what is undefined; only their types do not say so. */
export function given<Query extends object>(query: Query) {
  return query as { [Key in keyof Query]: Exclude<Query[Key], undefined> };
}

interface Result<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** The body of a call that went well; throws an `ApiError` for every other outcome. */
export async function answer<Body>(call: Promise<Result<Body>>): Promise<Body> {
  let result: Result<Body>;
  try {
    result = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "network", "");
  }
  if (!result.response.ok) throw problem(result.response.status, result.error);
  return result.data as Body;
}

/** Reads problem+json; whatever else came back (a proxy's page, nothing) becomes an error by its status. */
function problem(status: number, body: unknown): ApiError {
  const { code, detail, field, current, differences } = (
    typeof body === "object" && body !== null ? body : {}
  ) as Record<string, unknown>;
  const stale = { current, differences } as Stale;
  const known = ERROR_CODES.find((it) => it === code);
  return new ApiError(
    status,
    known ?? codeOf(status),
    typeof detail === "string" ? detail : "",
    typeof field === "string" ? field : null,
    current && Array.isArray(differences) ? stale : null,
  );
}

function codeOf(status: number): ErrorCode {
  const codes: Record<number, ErrorCode> = {
    400: "invalid",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    410: "gone",
    412: "stale",
    413: "too_large",
    422: "invalid",
    429: "busy",
    501: "not_installed",
    502: "network",
    503: "busy",
    504: "network",
  };
  return codes[status] ?? "internal";
}
