import { Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Template } from "~/api/types";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { DOT } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { Spinner } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useDeleteTemplate, useTemplates } from "~/hooks/useAgenda";
import { useExplain } from "~/hooks/useExplain";
import type { agenda } from "~/messages/en/agenda";
import styles from "~/pages/sessions/agenda/Agenda.module.css";
import { minutesOf } from "~/pages/sessions/agenda/draft";

/** The template of a session that has none. */
export const BLANK = "blank";

const BUILT_IN = [
  "blank",
  "challenge-gap-need",
  "thor",
  "solution-clinic",
] as const satisfies readonly (keyof typeof agenda.template.builtIn)[];

interface TemplateFieldProps {
  chosen: string;
  onChange: (template: string) => void;
}

/** What a session begins with: one card each. */
export function TemplateField({ chosen, onChange }: TemplateFieldProps) {
  const { t } = useTranslation();
  const list = useTemplates();
  const name = useId();
  return (
    <fieldset className={styles.templates}>
      <legend>{t("agenda.template.choose")}</legend>
      {list.loading && <Spinner label={t("common.loading")} />}
      {list.items.map((template) => (
        <Card
          key={template.id}
          template={template}
          name={name}
          checked={template.id === chosen}
          onChoose={() => onChange(template.id)}
          onGone={() => onChange(BLANK)}
        />
      ))}
    </fieldset>
  );
}

interface CardProps {
  template: Template;
  name: string;
  checked: boolean;
  onChoose: () => void;
  onGone: () => void;
}

function Card({ template, name, checked, onChoose, onGone }: CardProps) {
  const { t } = useTranslation();
  const known = BUILT_IN.find((it) => it === template.id);
  const words = known
    ? {
        name: t(`agenda.template.builtIn.${known}.name`),
        text: t(`agenda.template.builtIn.${known}.text`),
      }
    : { name: template.name, text: template.description || t("agenda.template.own") };
  const minutes = minutesOf(template.rounds);
  const facts = [
    t("agenda.template.rounds", { count: template.rounds.length }),
    ...(minutes > 0 ? [t("agenda.template.minutes", { count: minutes })] : []),
  ];
  return (
    <label className={styles.card}>
      <input
        type="radio"
        className={styles.radio}
        name={name}
        checked={checked}
        onChange={onChoose}
      />
      <span className={styles.title} dir="auto">
        {words.name}
      </span>
      <span className={styles.meta}>{words.text}</span>
      <span className={styles.meta}>{facts.join(DOT)}</span>
      {!template.built_in && <Bin template={template} onGone={onGone} />}
    </label>
  );
}

function Bin({ template, onGone }: { template: Template; onGone: () => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const remove = useDeleteTemplate();
  const [asking, setAsking] = useState(false);
  const { id, name } = template;
  const end = async () => {
    await remove.mutateAsync(id);
    onGone();
    toast({ title: t("agenda.template.removed") });
  };
  return (
    <>
      <IconButton
        icon={Trash2}
        size="s"
        className={styles.bin ?? ""}
        label={t("agenda.template.remove", { name })}
        onClick={(event) => {
          event.preventDefault();
          setAsking(true);
        }}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("agenda.template.removeConfirm", { name })}
        text={t("agenda.template.removeText")}
        confirm={t("agenda.template.delete")}
        danger
        onConfirm={end}
        explain={explain}
      />
    </>
  );
}
