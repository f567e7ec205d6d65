import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldText } from "~/components/Field";
import { type Found, Lookup } from "~/components/Lookup";
import styles from "~/pages/catalogue/form/Form.module.css";

interface PickerFieldProps extends FieldText {
  /** The ids that are chosen. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** What an id is called. */
  nameOf: (id: string) => string;
  /** What was found; chosen ones among it are not offered again. */
  items: readonly Found[];
  onWords: (words: string) => void;
  searching: boolean;
  placeholder: string;
  /** How many are chosen, in words; also what none means. */
  count: string;
}

/** Several of many: found by typing, each shown with a way to take it out again. */
export function PickerField(props: PickerFieldProps) {
  const { chosen, onChange, nameOf, items, onWords, searching, placeholder, count, ...text } =
    props;
  const { t } = useTranslation();
  // A new box for each that is chosen: what was typed for the last one is gone.
  const [round, setRound] = useState(0);
  return (
    <div className={styles.tags}>
      <Lookup
        key={round}
        {...text}
        hint={count}
        placeholder={placeholder}
        value={null}
        onWords={onWords}
        onChange={(found) => {
          if (found) onChange([...chosen, found.value]);
          onWords("");
          setRound(round + 1);
        }}
        searching={searching}
        items={items.filter((it) => !chosen.includes(it.value))}
      />
      {chosen.length > 0 && (
        <ul className={styles.chips} aria-label={text.label}>
          {chosen.map((id) => (
            <li key={id}>
              <button
                type="button"
                className={styles.chip}
                aria-label={t("catalogue.form.removeTag", { tag: nameOf(id) })}
                onClick={() => onChange(chosen.filter((it) => it !== id))}
              >
                <span dir="auto">{nameOf(id)}</span>
                <X aria-hidden="true" className={styles.x} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
