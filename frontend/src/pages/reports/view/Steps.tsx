import { useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Report, ReportState } from "~/api/types";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useDeleteReport, useStepReport } from "~/hooks/useReports";
import { notSecond, stepsOf } from "~/pages/reports/rights";

interface StepsProps {
  report: Report;
  user: Account;
}

/** What a step is called: back to a draft is one thing from review and another after approval. */
const stepOf = (report: Report, to: ReportState) =>
  to === "draft" ? (report.state === "approved" ? "reopen" : "back") : to;

/** The steps that the report can be taken from here, each asked for before it is taken. */
export function Steps({ report, user }: StepsProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const step = useStepReport(report.id);
  // The words stay while the dialog fades, when the report is already elsewhere.
  const [asked, setAsked] = useState<{ to: ReportState; step: ReturnType<typeof stepOf> } | null>(
    null,
  );
  const [open, setOpen] = useState(false);
  const steps = stepsOf(report, user.role).filter(
    (to) => to !== "approved" || notSecond(report, user) === null,
  );
  const run = async () => {
    if (!asked) return;
    await step.mutateAsync({ state: asked.to, version: report.version });
    toast({
      title: t("reports.step.done", {
        number: report.number,
        state: t(`reports.state.${asked.to}`),
      }),
    });
  };
  return (
    <>
      {steps.map((to) => (
        <Button
          key={to}
          variant={to === "draft" || to === "superseded" ? "secondary" : "primary"}
          onClick={() => {
            setAsked({ to, step: stepOf(report, to) });
            setOpen(true);
          }}
        >
          {t(`reports.step.${stepOf(report, to)}.do`)}
        </Button>
      ))}
      {asked && (
        <ConfirmDialog
          open={open}
          onClose={() => setOpen(false)}
          title={t(`reports.step.${asked.step}.title`, { number: report.number })}
          text={t(`reports.step.${asked.step}.text`)}
          confirm={t(`reports.step.${asked.step}.do`)}
          danger={asked.to === "superseded"}
          onConfirm={run}
          explain={explain}
        />
      )}
    </>
  );
}

/** The end of a draft that nobody needs. */
export function Removal({ report }: { report: Report }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const navigate = useNavigate();
  const remove = useDeleteReport(report.id);
  const [open, setOpen] = useState(false);
  const run = async () => {
    await remove.mutateAsync(report.version);
    toast({ title: t("reports.remove.done", { number: report.number }) });
    // Back would lead to what is no longer there.
    await navigate({ to: "/reports", replace: true });
  };
  return (
    <>
      <Button icon={Trash2} onClick={() => setOpen(true)}>
        {t("reports.remove.do")}
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("reports.remove.title", { number: report.number })}
        text={t("reports.remove.text")}
        confirm={t("reports.remove.do")}
        danger
        onConfirm={run}
        explain={explain}
      />
    </>
  );
}

/** Where the report stands, and who is to do what next. */
export function StateNotice({ report, user }: StepsProps) {
  const { t } = useTranslation();
  if (report.state === "draft") {
    return <Notice title={t("reports.notice.draft")}>{t("reports.notice.draftText")}</Notice>;
  }
  if (report.state === "superseded") {
    return <Notice tone="warn">{t("reports.notice.superseded")}</Notice>;
  }
  if (report.state !== "in_review" || !stepsOf(report, user.role).includes("approved")) return null;
  const why = notSecond(report, user);
  return why === null ? (
    <Notice title={t("reports.notice.judge")}>{t("reports.notice.judgeText")}</Notice>
  ) : (
    <Notice title={t("reports.notice.second")}>{t(`reports.notice.${why}`)}</Notice>
  );
}
