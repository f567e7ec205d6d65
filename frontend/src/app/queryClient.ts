/** How reading from the server behaves everywhere. */
import { QueryClient } from "@tanstack/react-query";
import { ApiError, isPassing } from "~/api/client";

/** A client whose reads try again only where trying again can help. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
        // What could not be done is said once the page has been read again, or could not be: soon, then.
        retryDelay: (failures, error) => (isAway(error) ? 200 : 1_000) * 2 ** failures,
        // A locked-down network may well call a machine offline that reaches this server.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

function isAway(error: unknown): boolean {
  return error instanceof ApiError && error.code === "network";
}
