/** The addresses of the catalogue. Lists and sheets are two files in the build. */
import { type AnyRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readCoverageSearch } from "~/pages/catalogue/coverage/search";
import { readListSearch } from "~/pages/catalogue/search";
import { readEverythingSearch, readTagSearch } from "~/pages/catalogue/searches";
import { only } from "./only";

type Raw = Record<string, unknown>;

const lists = () => import("./screens/CatalogueScreens");
const sheets = () => import("./screens/RecordScreens");

/** Lists, coverage, watch, search and tags. */
export function catalogueRoutes<Frame extends AnyRoute>(frame: Frame) {
  const getParentRoute = () => frame;
  return [
    createRoute({
      getParentRoute,
      path: "/catalogue/gaps",
      validateSearch: only((raw) => readListSearch("gap", raw)),
      component: lazyRouteComponent(lists, "GapsScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/solutions",
      validateSearch: only((raw) => readListSearch("solution", raw)),
      component: lazyRouteComponent(lists, "SolutionsScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/fits",
      validateSearch: only((raw) => readListSearch("fit", raw)),
      component: lazyRouteComponent(lists, "FitsScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/evidence",
      validateSearch: only((raw) => readListSearch("evidence", raw)),
      component: lazyRouteComponent(lists, "EvidenceScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/coverage",
      validateSearch: only(readCoverageSearch),
      component: lazyRouteComponent(lists, "CoverageScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/watch",
      component: lazyRouteComponent(lists, "WatchScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/search",
      validateSearch: only(readEverythingSearch),
      component: lazyRouteComponent(lists, "SearchScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/tags",
      validateSearch: only(readTagSearch),
      component: lazyRouteComponent(lists, "TagsScreen"),
    }),
  ] as const;
}

/** The sheets of records, and their forms. */
export function recordRoutes<Frame extends AnyRoute>(frame: Frame) {
  const getParentRoute = () => frame;
  return [
    createRoute({
      getParentRoute,
      path: "/catalogue/gaps/new",
      component: lazyRouteComponent(sheets, "NewGapScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/gaps/$id",
      component: lazyRouteComponent(sheets, "GapScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/gaps/$id/edit",
      component: lazyRouteComponent(sheets, "EditGapScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/solutions/new",
      validateSearch: (raw: Raw): { parent?: string } =>
        typeof raw.parent === "string" ? { parent: raw.parent } : {},
      component: lazyRouteComponent(sheets, "NewSolutionScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/solutions/$id",
      component: lazyRouteComponent(sheets, "SolutionScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/solutions/$id/edit",
      component: lazyRouteComponent(sheets, "EditSolutionScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/fits/$id",
      component: lazyRouteComponent(sheets, "FitScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/catalogue/evidence/$id",
      component: lazyRouteComponent(sheets, "OneEvidenceScreen"),
    }),
  ] as const;
}
