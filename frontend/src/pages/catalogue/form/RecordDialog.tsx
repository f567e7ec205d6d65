import type { ReactNode } from "react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RecordKind, RecordShape, Records } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { toast } from "~/components/Toast";
import { useShape } from "~/hooks/useRecords";
import { TLPS } from "~/pages/catalogue/list/useFilterOptions";
import { useWords } from "~/pages/catalogue/useWords";
import { Conflict } from "./Conflict";
import type { Draft } from "./draft";
import { FieldInput } from "./FieldInput";
import { useRecordForm } from "./useRecordForm";
import { useUnsaved } from "./useUnsaved";

interface RecordDialogProps<Kind extends RecordKind> {
  kind: Kind;
  title: string;
  /** The record to change; none to make one. */
  record: Records[Kind] | null;
  /** What a new one begins with; those fields are not asked for. */
  given?: Draft;
  /** Fields that are not asked for either. */
  without?: readonly string[];
  /** The names of fields that one may be chosen from, for a field that names another one. */
  options?: Readonly<Record<string, readonly string[]>>;
  description?: ReactNode;
  onClose: () => void;
}

/** A record's form in a window over the page: for fits and evidence, which belong to what is on the page. */
export function RecordDialog<Kind extends RecordKind>(props: RecordDialogProps<Kind>) {
  const shape = useShape(props.kind);
  return shape ? <Open {...props} shape={shape} /> : null;
}

function Open<Kind extends RecordKind>(props: RecordDialogProps<Kind> & { shape: RecordShape }) {
  const { kind, title, record, given, without = [], options, description, onClose, shape } = props;
  const { t } = useTranslation();
  const words = useWords();
  const release = useRef(() => {});
  const onSaved = (saved: Records[Kind]) => {
    release.current();
    const done = record ? "catalogue.form.saved" : "catalogue.form.made";
    toast({ title: t(done, { number: saved.number }) });
    onClose();
  };
  const form = useRecordForm({ kind, shape, record, onSaved, ...(given && { given }) });
  const unsaved = useUnsaved(form.isDirty);
  release.current = unsaved.release;
  const close = () => unsaved.leave(onClose);
  const hidden = [...without, ...Object.keys(given ?? {})];
  const verb = t(record ? "catalogue.form.save" : "catalogue.form.create");
  const footer = (
    <>
      <Button onClick={close}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={form.busy}>
        {form.clashes ? t("catalogue.clash.go") : verb}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      wide
      title={title}
      {...(description !== undefined && { description })}
      onClose={close}
      onSubmit={form.submit}
      footer={footer}
    >
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
      {form.fields
        .filter((it) => !hidden.includes(it.name))
        .map((field) => (
          <FieldInput
            key={field.name}
            kind={kind}
            field={field}
            value={form.draft[field.name] ?? null}
            onChange={(value) => form.set(field.name, value)}
            error={form.errorAt(field.name)}
            {...(options?.[field.name] && { options: options[field.name] })}
          />
        ))}
      <Select
        label={words.field("tlp")}
        value={String(form.draft.tlp ?? "CLEAR")}
        options={TLPS.map((value) => ({ value, label: `TLP:${value}` }))}
        onChange={(tlp) => form.set("tlp", tlp)}
      />
      {unsaved.question}
    </Dialog>
  );
}
