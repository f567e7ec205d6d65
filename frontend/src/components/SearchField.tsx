import { Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import { Field } from "./Field";
import fields from "./Field.module.css";
import { IconButton } from "./IconButton";
import styles from "./SearchField.module.css";

const PAUSE_MS = 250;

interface SearchFieldProps {
  label: string;
  value: string;
  /** Called when typing pauses. */
  onChange: (value: string) => void;
  placeholder?: string;
}

/** A search box that asks when typing pauses, so that a list doesn't flicker under the fingers. */
export function SearchField({ label, value, onChange, placeholder }: SearchFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  // The back button changes the value from outside.
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={styles.search}>
      <Field label={label} hideLabel>
        {(control) => (
          <input
            {...control}
            type="search"
            dir="auto"
            className={classes(fields.input, styles.input)}
            value={text}
            placeholder={placeholder ?? label}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Search aria-hidden="true" className={styles.icon} />
      {text !== "" && (
        <IconButton
          icon={X}
          label={t("common.clear")}
          size="s"
          className={styles.clear}
          onClick={() => setText("")}
        />
      )}
    </div>
  );
}
