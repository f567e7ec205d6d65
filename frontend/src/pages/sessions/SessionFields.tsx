import { useTranslation } from "react-i18next";
import type { Session, Tlp } from "~/api/types";
import { Checkbox } from "~/components/Checkbox";
import { TextArea, TextField } from "~/components/Field";
import { Select } from "~/components/Select";
import styles from "./SessionFields.module.css";

/** The levels, from the widest circle to the narrowest. */
const TLPS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const satisfies readonly Tlp[];

/** What the form of a session holds while it is filled in. */
export interface SessionDraft {
  title: string;
  theme: string;
  date: string;
  tlp: Tlp;
  houseRule: boolean;
}

/** The form's start: an existing session's values, or what a new one has unless said. */
export function draftOf(session?: Session): SessionDraft {
  return {
    title: session?.title ?? "",
    theme: session?.theme ?? "",
    date: session?.date ?? "",
    tlp: session?.tlp ?? "AMBER",
    houseRule: session?.house_rule ?? true,
  };
}

interface SessionFieldsProps {
  draft: SessionDraft;
  onChange: (draft: SessionDraft) => void;
  errorAt: (field: string) => string | null;
}

/** The fields that every session has. */
export function SessionFields({ draft, onChange, errorAt }: SessionFieldsProps) {
  const { t } = useTranslation();
  const set = (change: Partial<SessionDraft>) => onChange({ ...draft, ...change });
  return (
    <>
      <TextField
        label={t("sessions.form.title")}
        hint={t("sessions.form.titleHint")}
        error={errorAt("title")}
        value={draft.title}
        maxLength={200}
        onChange={(event) => set({ title: event.target.value })}
      />
      <TextArea
        label={t("sessions.form.theme")}
        hint={t("sessions.form.themeHint")}
        error={errorAt("theme")}
        optional
        value={draft.theme}
        onChange={(event) => set({ theme: event.target.value })}
      />
      <div className={styles.pair}>
        <TextField
          label={t("sessions.form.date")}
          error={errorAt("date")}
          optional
          type="date"
          value={draft.date}
          onChange={(event) => set({ date: event.target.value })}
        />
        <Select
          label={t("sessions.form.tlp")}
          value={draft.tlp}
          options={TLPS.map((value) => ({ value, label: t(`sessions.form.tlpOption.${value}`) }))}
          onChange={(tlp) => set({ tlp })}
        />
      </div>
      <Checkbox
        label={t("sessions.form.houseRule")}
        hint={t("sessions.form.houseRuleHint")}
        checked={draft.houseRule}
        onChange={(houseRule) => set({ houseRule })}
      />
    </>
  );
}
