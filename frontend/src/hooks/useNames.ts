import { useQuery } from "@tanstack/react-query";
import type { Page } from "~/api/types";
import { listNames } from "~/api/users";

/** The names of the accounts by their ids. */
export function useNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ["names"],
    queryFn: async () => new Map((await everything(listNames)).map((it) => [it.id, it.name])),
    staleTime: 60_000,
  });
  return data ?? NOBODY;
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/** All rows of a list that is never long. */
async function everything<Item>(read: (cursor?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}
