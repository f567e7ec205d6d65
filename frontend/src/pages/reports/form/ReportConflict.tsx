import { useTranslation } from "react-i18next";
import type { FieldValue } from "~/api/types";
import { formatDate } from "~/components/format";
import { useGroups } from "~/hooks/useGroups";
import { useReport } from "~/hooks/useReports";
import { useSessionTitles } from "~/hooks/useSessions";
import { ClashNotice } from "~/pages/catalogue/form/ClashNotice";
import type { Clashes } from "~/pages/catalogue/form/draft";
import { useWords } from "~/pages/catalogue/useWords";
import type { FieldName } from "./draft";
import type { ReportFormState } from "./useReportForm";
import { listOf, textOf } from "./values";

interface ReportConflictProps {
  number: string;
  form: ReportFormState;
  clashes: Clashes;
}

/** What somebody else saved of a report meanwhile. */
export function ReportConflict({ number, form, clashes }: ReportConflictProps) {
  const { t } = useTranslation();
  const value = (field: string, it: FieldValue) => <Value field={field as FieldName} value={it} />;
  return (
    <ClashNotice
      number={number}
      clashes={clashes}
      choices={form.choices}
      onChoose={form.choose}
      label={(field) => t(`reports.field.${field as FieldName}`)}
      value={value}
    />
  );
}

function Value({ field, value }: { field: FieldName; value: FieldValue }) {
  const { t } = useTranslation();
  const words = useWords();
  const groups = useGroups(field === "groups");
  const titles = useSessionTitles(field === "sessions" ? listOf(value) : []);
  const previous = useReport(textOf(value), field === "previous" && value !== null);
  const list = listOf(value);
  const named: Partial<Record<FieldName, () => string[]>> = {
    groups: () => list.map((id) => groups.items.find((it) => it.id === id)?.name ?? id),
    sessions: () => list.map((id) => titles.get(id) ?? id),
    lifecycles: () => list.map((it) => words.word("solution", "lifecycle", it)),
    markets: () => list.map((it) => words.word("solution", "market_status", it)),
    previous: () => (previous.data ? [`${previous.data.number} ${previous.data.title}`] : []),
    from: () => (value === null ? [] : [formatDate(textOf(value))]),
    to: () => (value === null ? [] : [formatDate(textOf(value))]),
  };
  const said = named[field]?.().join(", ") ?? textOf(value);
  return <span dir="auto">{said || t("catalogue.form.none")}</span>;
}
