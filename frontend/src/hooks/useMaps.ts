import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { changeMap, createMap, listMaps, readMap, redactMap } from "~/api/maps";
import type { MapChange, MapEntry, Redaction } from "~/api/types";
import { useList } from "./useList";

/** The maps of a session. */
export function useMaps(session: string) {
  return useList(["maps", "list", session], (cursor) => listMaps(session, cursor));
}

/** One map, and who the asker is in it. */
export function useMap(id: string) {
  return useQuery({ queryKey: ["maps", "one", id], queryFn: () => readMap(id) });
}

/** Reads again what is shown, as soon as the server is there: it may have been kept from before. */
export function useReadAgain(connected: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (connected) void client.refetchQueries({ type: "active", stale: true });
  }, [client, connected]);
}

/** Reads a map's record again when its room says that its state is another by now. */
export function useFreshMap(map: MapEntry, told: string | null): void {
  const client = useQueryClient();
  useEffect(() => {
    if (told !== null && told !== map.state) void client.invalidateQueries({ queryKey: ["maps"] });
  }, [client, told, map.state]);
}

/** Makes a map in a session. */
export function useCreateMap(session: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => createMap(session, title),
    onSuccess: () => client.invalidateQueries({ queryKey: ["maps"] }),
  });
}

/** Renames, locks or opens a map. */
export function useChangeMap(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MapChange) => changeMap(id, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["maps"] }),
  });
}

/** Takes words out of a map for good, or says what would go. */
export function useRedact(id: string) {
  return useMutation({ mutationFn: (body: Redaction) => redactMap(id, body) });
}
