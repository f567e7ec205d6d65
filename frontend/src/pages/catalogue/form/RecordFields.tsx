import { useTranslation } from "react-i18next";
import type { FieldShape, RecordKind } from "~/api/types";
import { Select } from "~/components/Select";
import { TLPS } from "~/pages/catalogue/list/useFilterOptions";
import { useWords } from "~/pages/catalogue/useWords";
import { FieldInput } from "./FieldInput";
import styles from "./Form.module.css";
import type { RecordFormState } from "./useRecordForm";

/** What is said in sentences, lists and ticks, and needs the whole width. */
const WIDE: ReadonlySet<FieldShape["takes"]> = new Set([
  "text",
  "choices",
  "tags",
  "groups",
  "target",
]);

const isWide = (field: FieldShape) =>
  WIDE.has(field.takes) || (field.required && field.takes === "line");

interface RecordFieldsProps {
  kind: RecordKind;
  form: RecordFormState;
  /** Fields that are given already. */
  without?: readonly string[];
}

/** The fields of a record as the server names them, in its order: words first, then dates and scales. */
export function RecordFields({ kind, form, without = [] }: RecordFieldsProps) {
  const { t } = useTranslation();
  const fields = form.fields.filter((it) => !without.includes(it.name));
  const inWords = fields.filter((it) => it.required || isWide(it));
  const rest = fields.filter((it) => !inWords.includes(it));
  const input = (field: FieldShape) => (
    <div key={field.name} className={isWide(field) ? styles.whole : undefined}>
      <FieldInput
        kind={kind}
        field={field}
        value={form.draft[field.name] ?? null}
        onChange={(value) => form.set(field.name, value)}
        error={form.errorAt(field.name)}
      />
    </div>
  );
  return (
    <>
      <section className={styles.part}>
        <h2>{t("catalogue.form.essentials")}</h2>
        {inWords.map(input)}
      </section>
      <section className={styles.part}>
        <h2>{t("catalogue.form.more")}</h2>
        {rest.map(input)}
        <TlpField form={form} />
      </section>
    </>
  );
}

/** Who may hear of it. */
function TlpField({ form }: { form: RecordFormState }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Select
      label={words.field("tlp")}
      value={String(form.draft.tlp ?? "CLEAR")}
      options={TLPS.map((value) => ({ value, label: t(`sessions.form.tlpOption.${value}`) }))}
      onChange={(tlp) => form.set("tlp", tlp)}
    />
  );
}
