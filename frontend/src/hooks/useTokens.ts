import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createToken, listTokens, revokeToken } from "~/api/tokens";
import { useList } from "./useList";

/** One's API tokens. */
export function useTokens() {
  return useList(["tokens"], (cursor) => listTokens({ cursor }));
}

/** Makes a token; its secret is in the answer and is kept nowhere. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; days: number }) => createToken(input.name, input.days),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
    gcTime: 0,
  });
}

/** Ends a token at once. */
export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => revokeToken(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}
