import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "~/components/Checkbox";
import { Spinner } from "~/components/Spinner";
import { useGroups } from "~/hooks/useGroups";
import { Problem } from "~/pages/Problem";
import styles from "./SessionFields.module.css";

interface GroupsFieldProps {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error: string | null;
}

/** Whose session it is: one or more of the groups that are active. */
export function GroupsField({ chosen, onChange, error }: GroupsFieldProps) {
  const { t } = useTranslation();
  const errorId = useId();
  const list = useGroups();
  const groups = list.items.filter((group) => group.state === "active");
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <fieldset className={styles.groups} aria-describedby={error === null ? undefined : errorId}>
      <legend className={styles.legend}>{t("sessions.form.groups")}</legend>
      {list.loading && <Spinner label={t("common.loading")} />}
      {list.error && <Problem error={list.error} retry={list.retry} />}
      {!list.loading && !list.error && groups.length === 0 && <p>{t("sessions.form.noGroups")}</p>}
      {groups.map((group) => (
        <Checkbox
          key={group.id}
          label={group.name}
          checked={chosen.includes(group.id)}
          invalid={error !== null}
          onChange={(on) => toggle(group.id, on)}
        />
      ))}
      {error !== null && (
        <div id={errorId} className={styles.error} role="alert">
          {error}
        </div>
      )}
    </fieldset>
  );
}
