import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from "@tanstack/react-router";
import { Loading } from "~/components/Spinner";
import { readAuditSearch } from "~/pages/admin/auditSearch";
import { readUserSearch } from "~/pages/admin/userSearch";
import { readMapSearch } from "~/pages/session/search";
import { readSessionSearch } from "~/pages/sessions/search";
import { catalogueRoutes, recordRoutes } from "./catalogueRoutes";
import { BrokenPage } from "./ErrorBoundary";
import { Frame } from "./Frame";
import { only } from "./only";
import { reportRoutes } from "./reportRoutes";

const root = createRootRoute({ component: Outlet });

const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Frame });

// Each page is a file of its own in the build: who joins by a link on a phone loads no administration.
const home = createRoute({
  getParentRoute: () => frame,
  path: "/",
  validateSearch: only(readSessionSearch),
  component: lazyRouteComponent(() => import("./screens/HomeScreen"), "HomeScreen"),
});

const signIn = createRoute({
  getParentRoute: () => frame,
  path: "/sign-in",
  validateSearch: (raw: Record<string, unknown>): { next?: string; problem?: string } => ({
    ...(typeof raw.next === "string" && { next: raw.next }),
    ...(typeof raw.problem === "string" && { problem: raw.problem }),
  }),
  component: lazyRouteComponent(() => import("./screens/SignInScreen"), "SignInScreen"),
});

const welcome = createRoute({
  getParentRoute: () => frame,
  path: "/welcome",
  validateSearch: (raw: Record<string, unknown>): { token?: string } =>
    raw.token === undefined ? {} : { token: String(raw.token) },
  component: lazyRouteComponent(() => import("./screens/SignInScreen"), "WelcomeScreen"),
});

const session = createRoute({
  getParentRoute: () => frame,
  path: "/sessions/$id",
  validateSearch: (raw: Record<string, unknown>): { screen?: string } =>
    typeof raw.screen === "string" ? { screen: raw.screen } : {},
  component: lazyRouteComponent(() => import("./screens/SessionHomeScreen"), "SessionHomeScreen"),
});

const links = createRoute({
  getParentRoute: () => frame,
  path: "/sessions/$id/links",
  validateSearch: (raw: Record<string, unknown>): { linked?: string } =>
    typeof raw.linked === "string" ? { linked: raw.linked } : {},
  component: lazyRouteComponent(() => import("./screens/LinksScreen"), "LinksScreen"),
});

const joinCode = createRoute({
  getParentRoute: () => frame,
  path: "/join",
  component: lazyRouteComponent(() => import("~/pages/start/StartPage"), "JoinCodePage"),
});

const join = createRoute({
  getParentRoute: () => frame,
  path: "/join/$code",
  component: lazyRouteComponent(() => import("./screens/JoinScreen"), "JoinScreen"),
});

const words = (raw: Record<string, unknown>): { q?: string } =>
  raw.q === undefined || raw.q === "" ? {} : { q: String(raw.q) };

const users = createRoute({
  getParentRoute: () => frame,
  path: "/admin/users",
  validateSearch: only(readUserSearch),
  component: lazyRouteComponent(() => import("./screens/AdminScreens"), "UsersScreen"),
});

const groups = createRoute({
  getParentRoute: () => frame,
  path: "/admin/groups",
  validateSearch: only(words),
  component: lazyRouteComponent(() => import("./screens/AdminScreens"), "GroupsScreen"),
});

const tokens = createRoute({
  getParentRoute: () => frame,
  path: "/admin/tokens",
  component: lazyRouteComponent(() => import("./screens/AdminScreens"), "TokensScreen"),
});

const audit = createRoute({
  getParentRoute: () => frame,
  path: "/admin/audit",
  validateSearch: only(readAuditSearch),
  component: lazyRouteComponent(() => import("./screens/AdminScreens"), "AuditScreen"),
});

const imports = createRoute({
  getParentRoute: () => frame,
  path: "/catalogue/imports",
  validateSearch: (raw: Record<string, unknown>): { import?: string } =>
    typeof raw.import === "string" ? { import: raw.import } : {},
  component: lazyRouteComponent(() => import("./screens/ImportsScreen"), "ImportsScreen"),
});

const map = createRoute({
  getParentRoute: () => root,
  path: "/maps/$id",
  validateSearch: only(readMapSearch),
  component: lazyRouteComponent(() => import("./screens/MapScreen"), "MapScreen"),
});

const timeline = createRoute({
  getParentRoute: () => root,
  path: "/maps/$id/timeline",
  validateSearch: (raw: Record<string, unknown>): { seq?: number; node?: string } => ({
    ...(Number.isInteger(raw.seq) && { seq: Number(raw.seq) }),
    ...(typeof raw.node === "string" && { node: raw.node }),
  }),
  component: lazyRouteComponent(() => import("./screens/TimelineScreen"), "TimelineScreen"),
});

const notFound = createRoute({
  getParentRoute: () => frame,
  path: "$",
  component: lazyRouteComponent(() => import("~/pages/NotFoundPage"), "NotFoundPage"),
});

const tree = root.addChildren([
  frame.addChildren([
    home,
    signIn,
    welcome,
    session,
    links,
    joinCode,
    join,
    users,
    groups,
    tokens,
    audit,
    ...catalogueRoutes(frame),
    ...recordRoutes(frame),
    ...reportRoutes(frame),
    imports,
    notFound,
  ]),
  map,
  timeline,
]);

/** The router over all pages. */
export function newRouter(history?: RouterHistory) {
  return createRouter({
    ...(history && { history }),
    routeTree: tree,
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultErrorComponent: BrokenPage,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
