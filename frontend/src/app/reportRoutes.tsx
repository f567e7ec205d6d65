/** The addresses of the reports. Reading and writing are two files in the build. */
import { type AnyRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readReportSearch } from "~/pages/reports/search";
import { readReportViewSearch } from "~/pages/reports/view/search";
import { only } from "./only";

const forms = () => import("./screens/ReportFormScreens");
const views = () => import("./screens/ReportScreens");

/** The list of reports, a report, and its form. */
export function reportRoutes<Frame extends AnyRoute>(frame: Frame) {
  const getParentRoute = () => frame;
  return [
    createRoute({
      getParentRoute,
      path: "/reports",
      validateSearch: only(readReportSearch),
      component: lazyRouteComponent(views, "ReportsScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/reports/new",
      validateSearch: (raw: Record<string, unknown>): { after?: string } =>
        typeof raw.after === "string" ? { after: raw.after } : {},
      component: lazyRouteComponent(forms, "NewReportScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/reports/$id",
      validateSearch: only(readReportViewSearch),
      component: lazyRouteComponent(views, "ReportScreen"),
    }),
    createRoute({
      getParentRoute,
      path: "/reports/$id/edit",
      component: lazyRouteComponent(forms, "EditReportScreen"),
    }),
  ] as const;
}
