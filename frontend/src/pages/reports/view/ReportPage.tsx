import { Link } from "@tanstack/react-router";
import { ArrowLeft, CopyPlus, Pencil, Printer } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Report, ReportDocument } from "~/api/types";
import { Button, buttonClass } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { useReport, useReportDocument } from "~/hooks/useReports";
import { useWatchPrinting } from "~/hooks/useWatchPrinting";
import sheet from "~/pages/catalogue/sheet/Sheet.module.css";
import { PageProblem } from "~/pages/PageProblem";
import { Problem } from "~/pages/Problem";
import { LevelBadge, ReportStateBadge } from "~/pages/reports/Badges";
import { mayWriteReports } from "~/pages/reports/rights";
import { Downloads, Trail } from "./Aside";
import { FitsPart, GapsPart, MissesPart, SolutionsPart, UncoveredPart, VoicesPart } from "./Lists";
import { ChangesPart, LeftOutPart, MethodPart, SourcesPart, useWithheld } from "./Method";
import { NamesNotice } from "./NamesNotice";
import { Outline } from "./Outline";
import { PrintingProvider } from "./printing";
import { Removal, StateNotice, Steps } from "./Steps";
import { CoveragePart, FindingsPart, RecommendationsPart, SummaryPart } from "./Summary";
import type { ReportViewSearch } from "./search";
import { usePlace } from "./usePlace";
import styles from "./View.module.css";

interface ReportPageProps {
  /** A number or an id, as the address has it. */
  id: string;
  user: Account;
  search: ReportViewSearch;
}

/** A report: where it stands, what can be done with it, and what it says. */
export function ReportPage({ id, user, search }: ReportPageProps) {
  const report = useReport(id);
  if (report.isPending) return <Loading />;
  if (!report.data) return <PageProblem error={report.error} retry={() => void report.refetch()} />;
  return <View report={report.data} user={user} search={search} />;
}

interface ViewProps {
  report: Report;
  user: Account;
  search: ReportViewSearch;
}

function View({ report, user, search }: ViewProps) {
  const document = useReportDocument(report);
  return (
    <div className={styles.page}>
      <Heading report={report} user={user} />
      <div className={styles.notices}>
        <StateNotice report={report} user={user} />
        <NamesNotice report={report} user={user} />
        {document.data && <LevelNotice document={document.data} />}
      </div>
      {document.isPending && <Loading />}
      {!document.data && document.error && (
        <Problem error={document.error} retry={() => void document.refetch()} />
      )}
      {document.data && <Content report={report} document={document.data} search={search} />}
    </div>
  );
}

function Heading({ report, user }: Omit<ViewProps, "search">) {
  const { t } = useTranslation();
  const above = (
    <Link to="/reports">
      <ArrowLeft aria-hidden="true" />
      {t("reports.list.title")}
    </Link>
  );
  const writes = mayWriteReports(user.role);
  const isOut = report.state === "published" || report.state === "superseded";
  return (
    <PageHeading
      above={above}
      title={report.title}
      tab={`${report.number} ${report.title}`}
      text={
        <span className={sheet.badges}>
          <strong>{report.number}</strong>
          <span>{t("reports.edition", { edition: report.edition })}</span>
          <LevelBadge level={report.level} />
          <ReportStateBadge state={report.state} />
        </span>
      }
      actions={
        <div className={sheet.actions}>
          <Steps report={report} user={user} />
          {writes && report.state === "draft" && (
            <Link to="/reports/$id/edit" params={{ id: report.number }} className={buttonClass()}>
              <Pencil aria-hidden="true" size={17} />
              {t("catalogue.sheet.edit")}
            </Link>
          )}
          {writes && report.state === "draft" && <Removal report={report} />}
          {writes && isOut && (
            <Link to="/reports/new" search={{ after: report.number }} className={buttonClass()}>
              <CopyPlus aria-hidden="true" size={17} />
              {t("reports.view.goOn")}
            </Link>
          )}
          <Button icon={Printer} onClick={() => window.print()}>
            {t("catalogue.sheet.print")}
          </Button>
          {/* Last: what it says while a file is made moves no other button. */}
          <Downloads report={report} />
        </div>
      }
    />
  );
}

/** What the report does not say because of its level. */
function LevelNotice({ document }: { document: ReportDocument }) {
  const { t } = useTranslation();
  const { level } = document.cover;
  const withheld = useWithheld()(document.method.withheld);
  if (level !== "PU" && withheld.length === 0) return null;
  const name = level === "PU" ? "PU" : "SEN";
  return (
    <Notice tone={withheld.length > 0 ? "warn" : "info"} title={t(`reports.notice.${name}`)}>
      {t(`reports.view.withheld.${name}`)}{" "}
      {withheld.length > 0
        ? t("reports.view.withheldAre", { what: withheld.join(", ") })
        : t("reports.view.nothingWithheld")}
    </Notice>
  );
}

interface ContentProps {
  report: Report;
  document: ReportDocument;
  search: ReportViewSearch;
}

function Content({ report, document, search }: ContentProps) {
  usePlace(report.id);
  const printing = useWatchPrinting();
  return (
    <div className={styles.columns}>
      <div className={styles.aside}>
        <Outline document={document} id={report.number} search={search} />
        <Trail report={report} />
      </div>
      <PrintingProvider value={printing}>
        <Parts report={report} document={document} search={search} />
      </PrintingProvider>
    </div>
  );
}

/** The report itself. It may be long, and nothing round it changes it. */
const Parts = memo(function Parts({ report, document, search }: ContentProps) {
  return (
    <article className={styles.article}>
      <SummaryPart report={report} document={document} />
      <CoveragePart document={document} />
      <FindingsPart document={document} />
      <RecommendationsPart document={document} />
      <ChangesPart document={document} />
      <GapsPart document={document} search={search} />
      <UncoveredPart document={document} />
      <MissesPart document={document} />
      <FitsPart document={document} search={search} />
      <SolutionsPart document={document} />
      <VoicesPart document={document} />
      <LeftOutPart document={document} />
      <MethodPart document={document} />
      <SourcesPart document={document} />
    </article>
  );
});
