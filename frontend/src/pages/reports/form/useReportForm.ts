import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { readReport } from "~/api/reports";
import type { FieldValue, Report, Stale } from "~/api/types";
import { useFormProblem } from "~/hooks/useExplain";
import { useSaveReport } from "~/hooks/useReports";
import {
  type Clashes,
  changed,
  clashesOf,
  type Draft,
  rebased,
  type Side,
} from "~/pages/catalogue/form/draft";
import { same } from "~/pages/catalogue/same";
import { bodyOf, COVER, draftOf, type FieldName, staleOf } from "./draft";

/** What the server may refuse: fields, and the two parts that it judges as a whole. */
const REFUSED = ["title", "edition", "level", "previous", "scope", "rule", ...COVER];
const REQUIRED: readonly string[] = ["title", "edition"];

/** The form of a report: what it holds, what is wrong, and what others did meanwhile. */
export interface ReportFormState {
  draft: Draft;
  set: (name: FieldName, value: FieldValue) => void;
  errorAt: (name: FieldName | "scope" | "rule") => string | null;
  /** What is wrong with the whole of it. */
  problem: string | null;
  isDirty: boolean;
  busy: boolean;
  clashes: Clashes | null;
  choices: Readonly<Record<string, Side>>;
  choose: (field: string, side: Side) => void;
  submit: () => void;
}

interface Options {
  /** The draft to change; none to make a report. */
  report: Report | null;
  /** What the form begins with. */
  start: Draft;
  onSaved: (report: Report) => void;
}

/** Keeps the form of a report. Where others saved meanwhile, nothing is sent before the person has chosen. */
export function useReportForm({ report, start, onSaved }: Options): ReportFormState {
  const { t } = useTranslation();
  const save = useSaveReport(report?.id ?? null);
  const [base, setBase] = useState(() => draftOf(report));
  const [draft, setDraft] = useState(start);
  const [version, setVersion] = useState(report?.version ?? 0);
  const [stale, setStale] = useState<Stale | null>(null);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(save.error, REFUSED);
  const mine = changed(base, draft);
  const clashes = stale && clashesOf(stale, mine);
  const isMissing = (name: string) => REQUIRED.includes(name) && same(`${draft[name]}`.trim(), "");
  /** The server says that somebody was first, and not what they wrote: that is read then. */
  const onError = async (error: unknown, began: Draft, wanted: Draft) => {
    if (!report || !(error instanceof ApiError) || error.code !== "stale") return;
    const now = await readReport(report.id).catch(() => null);
    if (now) setStale(staleOf(began, wanted, now));
  };
  const send = (began: Draft, wanted: Draft, from: number) =>
    save.mutate(
      { ...bodyOf(wanted, changed(began, wanted)), ...(report && { version: from }) } as never,
      { onSuccess: onSaved, onError: (error) => void onError(error, began, wanted) },
    );
  const submit = () => {
    setTried(true);
    if (REQUIRED.some(isMissing) || save.isPending) return;
    if (!stale || !clashes) return send(base, draft, version);
    if (clashes.open.some(({ field }) => choices[field] === undefined)) return;
    const { version: newest, ...theirs } = stale.current as Draft & { version: number };
    const next = rebased(theirs, mine, choices);
    setBase(theirs);
    setDraft(next);
    setVersion(newest);
    setChoices({});
    setStale(null);
    send(theirs, next, newest);
  };
  return {
    ...{ draft, clashes, choices, submit },
    set: (name, value) => setDraft((old) => ({ ...old, [name]: value })),
    errorAt: (name) => (tried && isMissing(name) ? t("common.error.required") : problem.at(name)),
    problem: stale ? null : problem.rest,
    isDirty: Object.keys(changed(start, draft)).length > 0,
    busy: save.isPending,
    choose: (field, side) => setChoices((old) => ({ ...old, [field]: side })),
  };
}
