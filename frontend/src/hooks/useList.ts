import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import type { Page } from "~/api/types";

/** A list that grows by "show more". */
export interface List<Item> {
  items: readonly Item[];
  /** The first page is not here yet. */
  loading: boolean;
  error: Error | null;
  retry: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  /** Why the next page could not be read, when it was asked for last. */
  moreError: Error | null;
  showMore: () => void;
}

interface ListOptions {
  /** How often to look again, for lists that others change while one watches. */
  every?: number | undefined;
  enabled?: boolean;
}

/** Reads a list page by page; what is shown stays while a changed filter loads. */
export function useList<Item>(
  key: QueryKey,
  read: (cursor: string | undefined) => Promise<Page<Item>>,
  { every, enabled = true }: ListOptions = {},
): List<Item> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (previous) => previous,
    refetchInterval: every ?? false,
    enabled,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    loading: query.isPending && enabled,
    // What was read before stays on screen: an error of a later look is not worth hiding it.
    error: query.data === undefined ? query.error : null,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    moreError: query.isFetchNextPageError ? query.error : null,
    showMore: () => void query.fetchNextPage(),
  };
}
