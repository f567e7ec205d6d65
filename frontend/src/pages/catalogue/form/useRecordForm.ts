import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import type { FieldShape, FieldValue, RecordKind, RecordShape, Records } from "~/api/types";
import { useFormProblem } from "~/hooks/useExplain";
import { useSaveRecord } from "~/hooks/useRecords";
import {
  type Clashes,
  changed,
  clashesOf,
  type Draft,
  draftOf,
  fieldsOf,
  problemsOf,
  rebased,
  type Side,
} from "./draft";

/** A record's form: what it holds, what is wrong, and what others did meanwhile. */
export interface RecordFormState {
  fields: FieldShape[];
  draft: Draft;
  set: (name: string, value: FieldValue) => void;
  errorAt: (name: string) => string | null;
  /** What is wrong with the whole of it. */
  problem: string | null;
  isDirty: boolean;
  busy: boolean;
  clashes: Clashes | null;
  choices: Readonly<Record<string, Side>>;
  choose: (field: string, side: Side) => void;
  submit: () => void;
}

interface Options<Kind extends RecordKind> {
  kind: Kind;
  shape: RecordShape;
  /** The record to change; none to make one. */
  record: Records[Kind] | null;
  /** What a new one begins with. */
  given?: Draft;
  onSaved: (record: Records[Kind]) => void;
}

/** Keeps the form of a record. Where others saved meanwhile, nothing is sent before the person has chosen. */
export function useRecordForm<Kind extends RecordKind>(options: Options<Kind>): RecordFormState {
  const { kind, shape, record, given, onSaved } = options;
  const { t } = useTranslation();
  const save = useSaveRecord(kind, record?.id ?? null);
  const isNew = record === null;
  const fields = useMemo(() => fieldsOf(shape, isNew), [shape, isNew]);
  const [start] = useState(() => ({ ...draftOf(fields, record), ...given }));
  const [base, setBase] = useState<Draft>(start);
  const [version, setVersion] = useState(record?.version ?? 0);
  const [draft, setDraft] = useState<Draft>(start);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(
    save.error,
    fields.map((it) => it.name),
  );
  const mine = changed(isNew ? draftOf(fields, null) : base, draft);
  const stale = save.error instanceof ApiError ? save.error.stale : null;
  const clashes = stale && clashesOf(stale, mine);
  const wrong = problemsOf(fields, draft);
  const send = (body: Draft, from: number) =>
    save.mutate(
      { ...body, ...(record && { version: from }) },
      { onSuccess: (saved) => onSaved(saved as Records[Kind]) },
    );
  const submit = () => {
    setTried(true);
    if (Object.keys(wrong).length > 0 || save.isPending) return;
    if (!stale || !clashes) return send(mine, version);
    if (clashes.open.some(({ field }) => choices[field] === undefined)) return;
    const theirs = draftOf(fields, stale.current);
    const next = rebased(theirs, mine, choices);
    setBase(theirs);
    setDraft(next);
    setVersion(stale.current.version);
    setChoices({});
    const rest = changed(theirs, next);
    send(rest, stale.current.version);
  };
  const errorAt = (name: string) => {
    const found = fields.find((it) => it.name === name);
    if (tried && wrong[name] === "required") return t("common.error.required");
    if (tried && wrong[name] === "range") {
      return t("catalogue.form.whole", { least: found?.least ?? 0, most: found?.most ?? 0 });
    }
    return problem.at(name);
  };
  return {
    ...{ fields, draft, errorAt, clashes, choices, submit },
    set: (name, value) => setDraft((old) => ({ ...old, [name]: value })),
    problem: stale ? null : problem.rest,
    isDirty: Object.keys(changed(start, draft)).length > 0,
    busy: save.isPending,
    choose: (field, side) => setChoices((old) => ({ ...old, [field]: side })),
  };
}
