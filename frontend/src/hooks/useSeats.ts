import { useQueries } from "@tanstack/react-query";
import { listMaps } from "~/api/maps";
import { readSession } from "~/api/sessions";
import type { Person } from "~/api/types";
import { useMe } from "./useMe";

/** A map that this browser may go on in. */
export interface Seat {
  readonly map: string;
  /** What the map is called, where its session has others. */
  readonly title: string | null;
  readonly session: string;
  /** The own pseudonym there. */
  readonly name: string;
}

/** The maps of the sessions that this browser takes part in, the latest joined first. */
export function useSeats(): readonly Seat[] {
  const { data: me } = useMe();
  const people = me?.participants ?? [];
  const found = useQueries({
    queries: people.map((person) => ({
      queryKey: ["seats", person.session, person.id],
      queryFn: () => seatsOf(person),
    })),
  });
  // A session that is gone, or is not for guests any more, has nothing to go on in.
  return found.flatMap(({ data }) => data ?? []);
}

async function seatsOf({ session: id, pseudonym }: Person): Promise<Seat[]> {
  const [session, { items }] = await Promise.all([readSession(id), listMaps(id)]);
  if (session.state === "archived") return [];
  const maps = items.filter(({ state }) => state !== "archived");
  return maps.map((map) => ({
    map: map.id,
    title: maps.length > 1 ? map.title : null,
    session: session.title,
    name: pseudonym,
  }));
}
