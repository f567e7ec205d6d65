import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "~/components/Checkbox";
import styles from "./Form.module.css";

interface ChoicesFieldProps {
  label: string;
  hint: string;
  error: string | null;
  optional: boolean;
  choices: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Several words of a scale, in the order of the scale. */
export function ChoicesField(props: ChoicesFieldProps) {
  const { label, hint, error, optional, choices, chosen, onChange } = props;
  const { t } = useTranslation();
  const id = useId();
  const toggle = (value: string, on: boolean) =>
    onChange(
      choices.map((it) => it.value).filter((it) => (it === value ? on : chosen.includes(it))),
    );
  return (
    <fieldset className={styles.set} aria-describedby={`${id}-hint`}>
      <legend className={styles.legend}>
        {label}
        {optional && <span className={styles.optional}> ({t("common.optional")})</span>}
      </legend>
      <div className={styles.boxes}>
        {choices.map((it) => (
          <Checkbox
            key={it.value}
            label={it.label}
            checked={chosen.includes(it.value)}
            onChange={(on) => toggle(it.value, on)}
          />
        ))}
      </div>
      <div id={`${id}-hint`} className={styles.hint}>
        {hint}
      </div>
      {error !== null && (
        <div className={styles.error} role="alert">
          {error}
        </div>
      )}
    </fieldset>
  );
}
