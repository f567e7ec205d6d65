import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "~/components/Field";
import { formatDate } from "~/components/format";
import { useGroups } from "~/hooks/useGroups";
import { useSessions, useSessionTitles } from "~/hooks/useSessions";
import styles from "~/pages/catalogue/form/Form.module.css";
import { PickerField } from "./PickerField";
import type { ReportFormState } from "./useReportForm";
import { listOf, textOf } from "./values";

/** What part of the catalogue the report is about. */
export function ScopeFields({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  const error = form.errorAt("scope");
  return (
    <section className={styles.part}>
      <h2>{t("reports.form.scope")}</h2>
      <p className={styles.whole}>{t("reports.form.scopeText")}</p>
      <div className={styles.whole}>
        <GroupPicker form={form} />
      </div>
      <div className={styles.whole}>
        <SessionPicker form={form} />
      </div>
      {(["from", "to"] as const).map((name) => (
        <TextField
          key={name}
          type="date"
          label={t(`reports.field.${name}`)}
          optional
          hint={name === "from" ? t("reports.form.undated") : undefined}
          value={textOf(form.draft[name])}
          onChange={({ target }) => form.set(name, target.value || null)}
        />
      ))}
      {error !== null && (
        <div className={styles.error} role="alert">
          {error}
        </div>
      )}
    </section>
  );
}

function GroupPicker({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const all = useGroups();
  const found = useGroups(true, words.trim());
  const chosen = listOf(form.draft.groups);
  return (
    <PickerField
      label={t("reports.field.groups")}
      optional
      placeholder={t("reports.form.addGroup")}
      chosen={chosen}
      onChange={(groups) => form.set("groups", groups)}
      nameOf={(id) => all.items.find((it) => it.id === id)?.name ?? t("common.loading")}
      items={found.items.map(({ id, name, scope }) => ({ value: id, label: name, note: scope }))}
      onWords={setWords}
      searching={found.loading}
      count={
        chosen.length === 0
          ? t("reports.form.allGroups")
          : t("reports.form.groupsChosen", { count: chosen.length })
      }
    />
  );
}

function SessionPicker({ form }: { form: ReportFormState }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const found = useSessions({ q: words.trim() || undefined, limit: 20 });
  const chosen = listOf(form.draft.sessions);
  const titles = useSessionTitles(chosen);
  return (
    <PickerField
      label={t("reports.field.sessions")}
      optional
      placeholder={t("reports.form.addSession")}
      chosen={chosen}
      onChange={(sessions) => form.set("sessions", sessions)}
      nameOf={(id) => titles.get(id) ?? t("common.loading")}
      items={found.items.map(({ id, title, date }) => ({
        ...{ value: id, label: title },
        ...(date !== null && { note: formatDate(date) }),
      }))}
      onWords={setWords}
      searching={found.loading}
      count={
        chosen.length === 0
          ? t("reports.form.allSessions")
          : t("reports.form.sessionsChosen", { count: chosen.length })
      }
    />
  );
}
