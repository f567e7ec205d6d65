import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";

/**
 * Reads what one has oneself written again, here and in this browser's other tabs: nobody but the
 * tab that wrote it knows that it is another. `key` is also the key of the mutations that write it;
 * while a tab has some on their way it does not read, since it does so after the last of them.
 */
export function useRefresh(key: QueryKey): () => Promise<void> {
  const client = useQueryClient();
  const channel = useRef<BroadcastChannel | null>(null);
  const name = JSON.stringify(key);
  useEffect(() => {
    const queryKey: QueryKey = JSON.parse(name);
    const opened = new BroadcastChannel(`gapmap ${name}`);
    opened.onmessage = () => {
      if (client.isMutating({ mutationKey: queryKey }) > 0) return;
      void client.invalidateQueries({ queryKey });
    };
    channel.current = opened;
    return () => opened.close();
  }, [client, name]);
  return useCallback(() => {
    channel.current?.postMessage(null);
    return client.invalidateQueries({ queryKey: JSON.parse(name) });
  }, [client, name]);
}
