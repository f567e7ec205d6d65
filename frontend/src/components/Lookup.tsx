import { Combobox } from "@base-ui/react/combobox";
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import { Field, type FieldText } from "./Field";
import fields from "./Field.module.css";
import styles from "./Lookup.module.css";

/** Something that can be found by its words. */
export interface Found {
  value: string;
  label: string;
  /** What else tells it from its like. */
  note?: string;
}

interface LookupProps extends FieldText {
  value: Found | null;
  onChange: (value: Found | null) => void;
  /** Called with what is typed; whoever uses it answers with `items`. */
  onWords: (words: string) => void;
  items: readonly Found[];
  searching?: boolean;
  placeholder?: string;
  className?: string | undefined;
}

/** Finds one of very many by typing: the server searches, the arrows choose. */
export function Lookup(props: LookupProps) {
  const { value, onChange, onWords, items, searching = false, placeholder, className } = props;
  const { t } = useTranslation();
  const { label, hint, error, optional, hideLabel } = props;
  const text = {
    label,
    hint,
    error,
    ...(optional && { optional }),
    ...(hideLabel && { hideLabel }),
  };
  return (
    <div className={className}>
      <Combobox.Root<Found>
        items={items}
        filter={null}
        value={value}
        onValueChange={(next) => onChange(next)}
        onInputValueChange={onWords}
        isItemEqualToValue={(one, other) => one.value === other.value}
        autoHighlight
      >
        <Field {...text}>
          {(control) => (
            <Combobox.Input
              {...control}
              // While the list is open, all but the box and the list is hidden from who hears the page, its label too.
              aria-label={label}
              className={classes(fields.input, styles.input)}
              placeholder={placeholder}
              dir="auto"
            />
          )}
        </Field>
        <Combobox.Portal>
          <Combobox.Positioner className={styles.positioner} sideOffset={4} collisionPadding={8}>
            <Combobox.Popup className={styles.popup}>
              <Combobox.Empty className={styles.empty}>
                {searching ? t("catalogue.form.searching") : t("catalogue.form.noMatch")}
              </Combobox.Empty>
              <Combobox.List>
                {(item: Found) => (
                  <Combobox.Item key={item.value} value={item} className={styles.item}>
                    <span dir="auto">{item.label}</span>
                    {item.note !== undefined && <span className={styles.note}>{item.note}</span>}
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}
