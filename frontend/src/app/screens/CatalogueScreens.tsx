import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type ComponentType, type ReactNode, useCallback } from "react";
import type { Account } from "~/api/types";
import { CatalogueFrame } from "~/pages/catalogue/CatalogueFrame";
import { CoveragePage } from "~/pages/catalogue/coverage/CoveragePage";
import type { CoverageSearch } from "~/pages/catalogue/coverage/search";
import type { ListPageProps } from "~/pages/catalogue/list/ListPage";
import { EvidencePage, FitsPage, GapsPage, SolutionsPage } from "~/pages/catalogue/list/lists";
import { SearchPage } from "~/pages/catalogue/SearchPage";
import type { ListSearch } from "~/pages/catalogue/search";
import type { EverythingSearch, TagSearch } from "~/pages/catalogue/searches";
import { TagsPage } from "~/pages/catalogue/tags/TagsPage";
import { WatchPage } from "~/pages/catalogue/WatchPage";
import { RequireUser } from "~/pages/RequireUser";

function InCatalogue({ children }: { children: (user: Account) => ReactNode }) {
  return (
    <RequireUser>
      {(user) => <CatalogueFrame user={user}>{children(user)}</CatalogueFrame>}
    </RequireUser>
  );
}

/** Puts a filter into the address; typing must not fill the history with every pause. */
function useOnSearch<Search extends { q?: string | undefined }>(search: Search) {
  const navigate = useNavigate();
  return useCallback(
    (next: Search) =>
      void navigate({ to: ".", search: next as never, replace: next.q !== search.q }),
    [navigate, search.q],
  );
}

type ListPath = "gaps" | "solutions" | "fits" | "evidence";

/** The screen of a list: it gets the filter that its address holds. */
function listScreen(path: ListPath, Page: ComponentType<ListPageProps & { user: Account }>) {
  const route = getRouteApi(`/frame/catalogue/${path}`);
  return function ListScreen() {
    const search: ListSearch = route.useSearch();
    const onSearch = useOnSearch(search);
    return (
      <InCatalogue>
        {(user) => <Page user={user} search={search} onSearch={onSearch} />}
      </InCatalogue>
    );
  };
}

/** The gaps. */
export const GapsScreen = listScreen("gaps", GapsPage);
/** The solutions. */
export const SolutionsScreen = listScreen("solutions", SolutionsPage);
/** The fits. */
export const FitsScreen = listScreen("fits", FitsPage);
/** The evidence. */
export const EvidenceScreen = listScreen("evidence", EvidencePage);

const coverage = getRouteApi("/frame/catalogue/coverage");
const search = getRouteApi("/frame/catalogue/search");
const tags = getRouteApi("/frame/catalogue/tags");

/** How the gaps are covered. */
export function CoverageScreen() {
  const said: CoverageSearch = coverage.useSearch();
  const navigate = useNavigate();
  const onSearch = (next: CoverageSearch) => void navigate({ to: ".", search: next as never });
  return <InCatalogue>{() => <CoveragePage search={said} onSearch={onSearch} />}</InCatalogue>;
}

/** What somebody should look at. */
export function WatchScreen() {
  return <InCatalogue>{() => <WatchPage />}</InCatalogue>;
}

/** Searching everything. */
export function SearchScreen() {
  const said: EverythingSearch = search.useSearch();
  const onSearch = useOnSearch(said);
  return <InCatalogue>{() => <SearchPage search={said} onSearch={onSearch} />}</InCatalogue>;
}

/** The tags. */
export function TagsScreen() {
  const said: TagSearch = tags.useSearch();
  const onSearch = useOnSearch(said);
  return (
    <InCatalogue>
      {(user) => <TagsPage user={user} search={said} onSearch={onSearch} />}
    </InCatalogue>
  );
}
