import { useTranslation } from "react-i18next";
import type { Report } from "~/api/types";
import { formatDate } from "~/components/format";

/** Puts the period of a scope into words. */
export function usePeriod(): (scope: Report["scope"]) => string {
  const { t } = useTranslation();
  return ({ from, to }) => {
    if (from !== null && to !== null) {
      return t("reports.period.both", { from: formatDate(from), to: formatDate(to) });
    }
    if (from !== null) return t("reports.period.from", { from: formatDate(from) });
    if (to !== null) return t("reports.period.to", { to: formatDate(to) });
    return t("reports.period.all");
  };
}
