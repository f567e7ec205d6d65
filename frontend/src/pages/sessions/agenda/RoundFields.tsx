import { useTranslation } from "react-i18next";
import { TextArea, TextField } from "~/components/Field";
import { Select } from "~/components/Select";
import { KINDS } from "~/map/schema";
import styles from "~/pages/sessions/agenda/Agenda.module.css";
import { grantsOf, type problemOf, type RoundForm } from "~/pages/sessions/agenda/draft";
import { METHODS } from "~/sync/sessionState";

interface RoundFieldsProps {
  round: RoundForm;
  problem: ReturnType<typeof problemOf>;
  onChange: (part: Partial<RoundForm>) => void;
}

/** What a round is: title, prompt, method, time, votes, and who may do what. */
export function RoundFields({ round, problem, onChange }: RoundFieldsProps) {
  const { t } = useTranslation();
  const errorAt = (field: "title" | "minutes" | "votes") =>
    problem === field ? t(`agenda.problem.${field}`) : null;
  return (
    <div className={styles.fields}>
      <TextField
        label={t("agenda.field.title")}
        error={errorAt("title")}
        value={round.title}
        maxLength={200}
        autoFocus={round.title === ""}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <TextArea
        label={t("agenda.field.prompt")}
        hint={t("agenda.field.promptHint")}
        optional
        rows={2}
        maxLength={2000}
        value={round.prompt}
        onChange={(event) => onChange({ prompt: event.target.value })}
      />
      <div className={styles.pair}>
        <Select
          label={t("agenda.field.method")}
          value={round.method}
          options={METHODS.map((value) => ({ value, label: t(`run.method.${value}`) }))}
          hint={t(`run.todo.${round.method}`)}
          onChange={(method) => onChange({ method })}
        />
        <TextField
          label={t("agenda.field.minutes")}
          hint={t("agenda.field.minutesHint")}
          error={errorAt("minutes")}
          inputMode="numeric"
          value={round.minutes}
          onChange={(event) => onChange({ minutes: event.target.value })}
        />
      </div>
      {round.method === "vote" && <VoteFields {...{ round, onChange }} error={errorAt("votes")} />}
      <WhoFields {...{ round, onChange }} />
    </div>
  );
}

type PartProps = Pick<RoundFieldsProps, "round" | "onChange">;

function VoteFields({ round, onChange, error }: PartProps & { error: string | null }) {
  const { t } = useTranslation();
  const kinds = KINDS.map((value) => ({ value: value as string, label: t(`map.kind.${value}`) }));
  return (
    <div className={styles.pair}>
      <Select
        label={t("agenda.field.voteKind")}
        value={round.voteKind === "" ? "any" : round.voteKind}
        options={[{ value: "any", label: t("agenda.field.anyKind") }, ...kinds]}
        onChange={(kind) => onChange({ voteKind: kind === "any" ? "" : kind })}
      />
      <TextField
        label={t("agenda.field.votes")}
        error={error}
        inputMode="numeric"
        value={round.votes}
        onChange={(event) => onChange({ votes: event.target.value })}
      />
    </div>
  );
}

/** Instead of what the method says. */
function WhoFields({ round, onChange }: PartProps) {
  const { t } = useTranslation();
  const grants = grantsOf(round.method);
  const byMethod = (what: "yes" | "no" | "none" | "own" | "all") => ({
    value: "method" as const,
    label: t("agenda.field.byMethod", { what: t(`agenda.field.${what}`).toLocaleLowerCase() }),
  });
  const option = <Value extends "yes" | "no" | "none" | "own" | "all">(value: Value) => ({
    value,
    label: t(`agenda.field.${value}`),
  });
  const yesNo = (given: boolean) => [byMethod(given ? "yes" : "no"), option("yes"), option("no")];
  const scopes = [byMethod(grants.edit), option("none"), option("own"), option("all")];
  return (
    <fieldset className={styles.who}>
      <legend>{t("agenda.field.who")}</legend>
      <Select
        label={t("agenda.field.add")}
        value={round.mayAdd || "method"}
        options={yesNo(grants.add)}
        onChange={(it) => onChange({ mayAdd: it === "method" ? "" : it })}
      />
      <Select
        label={t("agenda.field.edit")}
        value={round.mayEdit || "method"}
        options={scopes}
        onChange={(it) => onChange({ mayEdit: it === "method" ? "" : it })}
      />
      <Select
        label={t("agenda.field.link")}
        value={round.mayLink || "method"}
        options={yesNo(grants.link)}
        onChange={(it) => onChange({ mayLink: it === "method" ? "" : it })}
      />
    </fieldset>
  );
}
