import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Report } from "~/api/types";
import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useReport } from "~/hooks/useReports";
import type { Draft } from "~/pages/catalogue/form/draft";
import styles from "~/pages/catalogue/form/Form.module.css";
import { useUnsaved } from "~/pages/catalogue/form/useUnsaved";
import { PageProblem } from "~/pages/PageProblem";
import { CoverFields, EssentialFields } from "./CoverFields";
import { draftAfter, draftOf } from "./draft";
import { ReportConflict } from "./ReportConflict";
import { RuleFields } from "./RuleFields";
import { ScopeFields } from "./ScopeFields";
import { type ReportFormState, useReportForm } from "./useReportForm";

/** Makes a report; with `after`, one that goes on from another. */
export function NewReportPage({ after }: { after: string | undefined }) {
  const before = useReport(after ?? "", after !== undefined);
  if (after === undefined) return <FormPage report={null} start={draftOf(null)} />;
  if (before.isPending) return <Loading />;
  if (!before.data) return <PageProblem error={before.error} retry={() => void before.refetch()} />;
  return <FormPage key={before.data.id} report={null} start={draftAfter(before.data)} />;
}

/** Changes a report that is a draft. */
export function EditReportPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useReport(id);
  // As it was when the form was opened: what is read again later must not move under the fingers.
  const [began, setBegan] = useState<Report | null>(null);
  if (query.data && began === null) setBegan(query.data);
  if (query.isPending) return <Loading />;
  const report = began ?? query.data;
  if (!report) return <PageProblem error={query.error} retry={() => void query.refetch()} />;
  if (report.state !== "draft") {
    return (
      <>
        <PageHeading
          title={t("catalogue.form.edit", { number: report.number })}
          above={<Back number={report.number} />}
        />
        <Notice tone="warn">{t("reports.form.noDraft")}</Notice>
      </>
    );
  }
  return <FormPage report={report} start={draftOf(report)} />;
}

function FormPage({ report, start }: { report: Report | null; start: Draft }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const body = useRef<HTMLFormElement>(null);
  const release = useRef(() => {});
  const onSaved = (saved: Report) => {
    release.current();
    const words = report ? "catalogue.form.saved" : "catalogue.form.made";
    toast({ title: t(words, { number: saved.number }) });
    // Back leads to where one came from, and not into a form that is done.
    void navigate({ to: "/reports/$id", params: { id: saved.number }, replace: true });
  };
  const form = useReportForm({ report, start, onSaved });
  const unsaved = useUnsaved(form.isDirty);
  release.current = unsaved.release;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
    // What was left out is marked by then: the first of it is where to go on.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const title = report
    ? t("catalogue.form.edit", { number: report.number })
    : t("reports.list.create");
  return (
    <>
      <PageHeading title={title} above={<Back number={report?.number} />} />
      <form ref={body} className={styles.form} onSubmit={submit} noValidate>
        {form.problem !== null && <Notice tone="danger">{form.problem}</Notice>}
        {form.clashes && report && (
          <ReportConflict number={report.number} form={form} clashes={form.clashes} />
        )}
        <EssentialFields form={form} />
        <ScopeFields form={form} />
        <RuleFields form={form} />
        <CoverFields form={form} />
        <Foot form={form} isNew={report === null} />
      </form>
      {unsaved.question}
    </>
  );
}

function Back({ number }: { number: string | undefined }) {
  const { t } = useTranslation();
  const arrow = <ArrowLeft aria-hidden="true" />;
  if (number === undefined) {
    return (
      <Link to="/reports">
        {arrow}
        {t("reports.list.title")}
      </Link>
    );
  }
  return (
    <Link to="/reports/$id" params={{ id: number }}>
      {arrow}
      {number}
    </Link>
  );
}

function Foot({ form, isNew }: { form: ReportFormState; isNew: boolean }) {
  const { t } = useTranslation();
  const save = t(isNew ? "catalogue.form.create" : "catalogue.form.save");
  const isIdle = !form.isDirty && !isNew;
  return (
    <div className={styles.foot}>
      {isIdle && <span className={styles.quiet}>{t("catalogue.form.nothingChanged")}</span>}
      <Button type="submit" variant="primary" busy={form.busy} disabled={isIdle}>
        {form.clashes ? t("catalogue.clash.go") : save}
      </Button>
    </div>
  );
}
