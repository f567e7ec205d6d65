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
  place: string;
  anonymity: Anonymity;
  authorship: Authorship;
  retainUntil: string;
}

/** Who sees whose pseudonym. */
export const ANONYMITIES = ["all", "facilitators", "none"] as const;
/** One of {@link ANONYMITIES}. */
export type Anonymity = (typeof ANONYMITIES)[number];
/** Whose nodes participants change. */
export const AUTHORSHIPS = ["everyone", "own"] as const;
/** One of {@link AUTHORSHIPS}. */
export type Authorship = (typeof AUTHORSHIPS)[number];

/** The form's start: an existing session's values, or what a new one has unless said. */
export function draftOf(session?: Session): SessionDraft {
  return {
    title: session?.title ?? "",
    theme: session?.theme ?? "",
    date: session?.date ?? "",
    tlp: session?.tlp ?? "AMBER",
    houseRule: session?.house_rule ?? true,
    place: session?.place ?? "",
    anonymity: ANONYMITIES.find((it) => it === session?.anonymity) ?? "all",
    authorship: AUTHORSHIPS.find((it) => it === session?.authorship) ?? "everyone",
    retainUntil: session?.retain_until ?? "",
  };
}

/** The form as the server takes it; dates that are empty are left to the caller. */
export function bodyOf(draft: SessionDraft) {
  const { tlp, houseRule, anonymity, authorship } = draft;
  return {
    title: draft.title.trim(),
    theme: draft.theme.trim(),
    place: draft.place.trim(),
    ...{ tlp, anonymity, authorship },
    house_rule: houseRule,
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
      <TextField
        label={t("agenda.settings.place")}
        hint={t("agenda.settings.placeHint")}
        error={errorAt("place")}
        optional
        value={draft.place}
        maxLength={200}
        onChange={(event) => set({ place: event.target.value })}
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
      <PrivacyFields draft={draft} set={set} errorAt={errorAt} />
      <Checkbox
        label={t("sessions.form.houseRule")}
        hint={t("sessions.form.houseRuleHint")}
        checked={draft.houseRule}
        onChange={(houseRule) => set({ houseRule })}
      />
    </>
  );
}

interface PrivacyFieldsProps {
  draft: SessionDraft;
  set: (change: Partial<SessionDraft>) => void;
  errorAt: (field: string) => string | null;
}

/** Who is seen, who changes whose words, and for how long they are kept. */
function PrivacyFields({ draft, set, errorAt }: PrivacyFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.halves}>
        <Select
          label={t("agenda.settings.anonymity")}
          value={draft.anonymity}
          options={ANONYMITIES.map((value) => ({
            value,
            label: t(`agenda.settings.anonymityOption.${value}`),
          }))}
          onChange={(anonymity) => set({ anonymity })}
        />
        <Select
          label={t("agenda.settings.authorship")}
          value={draft.authorship}
          options={AUTHORSHIPS.map((value) => ({
            value,
            label: t(`agenda.settings.authorshipOption.${value}`),
          }))}
          onChange={(authorship) => set({ authorship })}
        />
      </div>
      <TextField
        label={t("agenda.settings.retainUntil")}
        hint={t("agenda.settings.retainHint")}
        error={errorAt("retain_until")}
        optional
        type="date"
        value={draft.retainUntil}
        onChange={(event) => set({ retainUntil: event.target.value })}
      />
    </>
  );
}
