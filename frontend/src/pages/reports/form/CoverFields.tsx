import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReportLanguage, ReportLevel } from "~/api/types";
import { TextArea, TextField } from "~/components/Field";
import { type Found, Lookup } from "~/components/Lookup";
import { Select } from "~/components/Select";
import { useReport, useReports } from "~/hooks/useReports";
import styles from "~/pages/catalogue/form/Form.module.css";
import { COVER } from "./draft";
import type { ReportFormState } from "./useReportForm";
import { textOf } from "./values";

const LINES: readonly string[] = ["project", "deliverable", "grant_number"];

/** What the report is called, how far it may travel, and what it follows. */
export function EssentialFields({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h2>{t("reports.form.essentials")}</h2>
      <div className={styles.whole}>
        <TextField
          label={t("reports.field.title")}
          error={form.errorAt("title")}
          maxLength={300}
          value={textOf(form.draft.title)}
          onChange={({ target }) => form.set("title", target.value)}
        />
      </div>
      <TextField
        label={t("reports.field.edition")}
        hint={t("reports.form.editionHint")}
        error={form.errorAt("edition")}
        maxLength={20}
        value={textOf(form.draft.edition)}
        onChange={({ target }) => form.set("edition", target.value)}
      />
      <LevelField form={form} />
      <LanguageField form={form} />
      <PreviousField form={form} />
    </section>
  );
}

function LevelField({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  const error = form.errorAt("level");
  const levels = (["PU", "SEN"] as const).map((value) => ({
    value,
    label: t(`reports.levelLong.${value}`),
  }));
  const level = textOf(form.draft.level) as ReportLevel;
  return (
    <div className={styles.choice}>
      <Select
        label={t("reports.field.level")}
        hint={t(`reports.form.levelHint.${level}`)}
        value={level}
        options={levels}
        onChange={(next) => form.set("level", next)}
      />
      {error !== null && (
        <div className={styles.error} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

function LanguageField({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  return (
    <div className={styles.choice}>
      <Select
        label={t("reports.field.language")}
        hint={t("reports.form.languageHint")}
        value={textOf(form.draft.language) as ReportLanguage}
        // Each by its own name, so that it is found whatever language the page is in.
        options={[
          { value: "en", label: "English" },
          { value: "fr", label: "Français" },
        ]}
        onChange={(next) => form.set("language", next)}
      />
    </div>
  );
}

/** The report that this one follows, found among those that were published. */
function PreviousField({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<Found | null>(null);
  const value = textOf(form.draft.previous);
  const known = useReport(value, value !== "");
  const current =
    chosen?.value === value
      ? chosen
      : known.data?.id === value
        ? { value, label: known.data.title, note: known.data.number }
        : null;
  const q = words === current?.label ? undefined : words.trim() || undefined;
  const found = useReports({ q, state: "published", limit: 12 });
  return (
    <Lookup
      label={t("reports.field.previous")}
      hint={t("reports.form.previousHint")}
      error={form.errorAt("previous")}
      optional
      value={value === "" ? null : current}
      onChange={(next) => {
        setChosen(next);
        form.set("previous", next?.value ?? null);
      }}
      onWords={setWords}
      searching={found.loading}
      items={found.items.map((it) => ({ value: it.id, label: it.title, note: it.number }))}
    />
  );
}

/** What stands on the cover beside the title. */
export function CoverFields({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h2>{t("reports.form.cover")}</h2>
      {COVER.map((name) => {
        const text = {
          label: t(`reports.field.${name}`),
          error: form.errorAt(name),
          optional: true,
          value: textOf(form.draft[name]),
        };
        if (LINES.includes(name)) {
          return (
            <TextField
              key={name}
              {...text}
              onChange={({ target }) => form.set(name, target.value)}
            />
          );
        }
        return (
          <div key={name} className={styles.whole}>
            <TextArea
              {...text}
              rows={name === "summary" ? 5 : 2}
              {...(name === "authors" && { hint: t("reports.form.authorsHint") })}
              onChange={({ target }) => form.set(name, target.value)}
            />
          </div>
        );
      })}
    </section>
  );
}
