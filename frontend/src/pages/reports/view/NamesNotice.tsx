import { useTranslation } from "react-i18next";
import type { Account, Report, ReportNaming } from "~/api/types";
import { Notice } from "~/components/Notice";
import { useReportNamings } from "~/hooks/useReports";
import { useWords } from "~/pages/catalogue/useWords";
import type { FieldName } from "~/pages/reports/form/draft";
import { mayWriteReports, stepsOf } from "~/pages/reports/rights";
import { InApp } from "./InApp";
import styles from "./View.module.css";

/** More are counted: nobody reads a list of all. */
const SHOWN = 12;

/** Before a report goes out: its texts that name somebody who took part. */
export function NamesNotice({ report, user }: { report: Report; user: Account }) {
  const { t } = useTranslation();
  const isOut = report.state === "published" || report.state === "superseded";
  const concerns = mayWriteReports(user.role) || stepsOf(report, user.role).length > 0;
  const { data: namings = [] } = useReportNamings(report, concerns && !isOut);
  if (namings.length === 0) return null;
  const more = namings.length - SHOWN;
  return (
    <Notice tone="warn" title={t("reports.notice.names", { count: namings.length })}>
      {t("reports.notice.namesText")}
      <ul className={styles.names}>
        {namings.slice(0, SHOWN).map((it) => (
          <li key={`${it.number} ${it.field}`}>
            <Place it={it} />
          </li>
        ))}
        {more > 0 && <li>{t("reports.view.andMore", { count: more })}</li>}
      </ul>
    </Notice>
  );
}

function Place({ it }: { it: ReportNaming }) {
  const { t } = useTranslation();
  const words = useWords();
  const isCover = it.number.startsWith("REP-");
  const field = isCover ? t(`reports.field.${it.field as FieldName}`) : words.field(it.field);
  return (
    <InApp href={it.href}>
      {it.number}, {field}
    </InApp>
  );
}
