import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { type FormEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RecordShape, Records } from "~/api/types";
import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useRecord, useShapes } from "~/hooks/useRecords";
import { PATHS } from "~/pages/catalogue/paths";
import { PageProblem } from "~/pages/PageProblem";
import { Conflict } from "./Conflict";
import type { Draft } from "./draft";
import styles from "./Form.module.css";
import { RecordFields } from "./RecordFields";
import { type RecordFormState, useRecordForm } from "./useRecordForm";
import { useUnsaved } from "./useUnsaved";

type Kind = "gap" | "solution";

/** Makes a gap or a solution. */
export function NewRecordPage({ kind, given }: { kind: Kind; given?: Draft }) {
  const shapes = useShapes();
  const shape = shapes.data?.kinds.find((it) => it.kind === kind);
  if (shapes.isPending) return <Loading />;
  if (!shape) return <PageProblem error={shapes.error} retry={() => void shapes.refetch()} />;
  return <FormPage kind={kind} shape={shape} record={null} {...(given && { given })} />;
}

/** Changes a gap or a solution. */
export function EditRecordPage({ kind, id }: { kind: Kind; id: string }) {
  const shapes = useShapes();
  const record = useRecord(kind, id);
  const shape = shapes.data?.kinds.find((it) => it.kind === kind);
  if (record.isPending || shapes.isPending) return <Loading />;
  if (!record.data || !shape) {
    const retry = () => void (record.error ? record.refetch() : shapes.refetch());
    return <PageProblem error={record.error ?? shapes.error} retry={retry} />;
  }
  // As it was when the form was opened: what is read again later must not move under the fingers.
  return <FormPage key={record.data.id} kind={kind} shape={shape} record={record.data} />;
}

interface FormPageProps {
  kind: Kind;
  shape: RecordShape;
  record: Records[Kind] | null;
  given?: Draft;
}

function FormPage({ kind, shape, record, given }: FormPageProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const body = useRef<HTMLFormElement>(null);
  const release = useRef(() => {});
  const onSaved = (saved: Records[Kind]) => {
    release.current();
    const words = record ? "catalogue.form.saved" : "catalogue.form.made";
    toast({ title: t(words, { number: saved.number }) });
    // Back leads to where one came from, and not into a form that is done.
    void navigate({ to: PATHS[kind], params: { id: saved.number }, replace: true });
  };
  const form = useRecordForm({ kind, shape, record, onSaved, ...(given && { given }) });
  const unsaved = useUnsaved(form.isDirty);
  release.current = unsaved.release;
  const title = record
    ? t("catalogue.form.edit", { number: record.number })
    : t(kind === "gap" ? "catalogue.form.newGap" : "catalogue.form.newSolution");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
    // What was left out is marked by then: the first of it is where to go on.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  return (
    <>
      <PageHeading title={title} above={<Back kind={kind} number={record?.number} />} />
      <form ref={body} className={styles.form} onSubmit={submit} noValidate>
        {form.problem !== null && <Notice tone="danger">{form.problem}</Notice>}
        {form.clashes && record && (
          <Conflict
            kind={kind}
            number={record.number}
            clashes={form.clashes}
            choices={form.choices}
            onChoose={form.choose}
          />
        )}
        <RecordFields kind={kind} form={form} without={["origin", "origin_node"]} />
        <Foot form={form} isNew={record === null} />
      </form>
      {unsaved.question}
    </>
  );
}

function Back({ kind, number }: { kind: Kind; number: string | undefined }) {
  const { t } = useTranslation();
  const content = (
    <>
      <ArrowLeft aria-hidden="true" />
      {number ?? t(kind === "gap" ? "catalogue.nav.gaps" : "catalogue.nav.solutions")}
    </>
  );
  if (number !== undefined) {
    return (
      <Link to={PATHS[kind]} params={{ id: number }}>
        {content}
      </Link>
    );
  }
  return <Link to={kind === "gap" ? "/catalogue/gaps" : "/catalogue/solutions"}>{content}</Link>;
}

function Foot({ form, isNew }: { form: RecordFormState; isNew: boolean }) {
  const { t } = useTranslation();
  const save = t(isNew ? "catalogue.form.create" : "catalogue.form.save");
  return (
    <div className={styles.foot}>
      {!form.isDirty && !isNew && (
        <span className={styles.quiet}>{t("catalogue.form.nothingChanged")}</span>
      )}
      <Button type="submit" variant="primary" busy={form.busy} disabled={!form.isDirty && !isNew}>
        {form.clashes ? t("catalogue.clash.go") : save}
      </Button>
    </div>
  );
}
