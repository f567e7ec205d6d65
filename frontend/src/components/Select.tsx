import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import { classes } from "./classes";
import styles from "./Select.module.css";

/** A value that can be chosen, with its words. */
export interface Option<Value extends string> {
  value: Value;
  label: string;
  /** A picture before the words, such as a colour. */
  mark?: ReactNode;
}

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  hideLabel?: boolean;
  hint?: string;
  disabled?: boolean;
  className?: string | undefined;
}

/** One of several values. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, hideLabel, hint, disabled = false, className } = props;
  const hintId = useId();
  const chosen = options.find((option) => option.value === value);
  return (
    <div className={classes(styles.field, className)}>
      <Base.Root
        items={options}
        value={value}
        onValueChange={(next) => next !== null && onChange(next as Value)}
        disabled={disabled}
        modal={false}
      >
        <Base.Label className={hideLabel ? "visually-hidden" : styles.label}>{label}</Base.Label>
        <Base.Trigger
          className={styles.trigger}
          aria-describedby={hint === undefined ? undefined : hintId}
        >
          <span className={styles.value}>
            {chosen?.mark}
            <Base.Value />
          </span>
          <Base.Icon className={styles.caret}>
            <ChevronsUpDown aria-hidden="true" className={styles.icon} />
          </Base.Icon>
        </Base.Trigger>
        <Options options={options} />
      </Base.Root>
      {hint !== undefined && (
        <div id={hintId} className={styles.hint}>
          {hint}
        </div>
      )}
    </div>
  );
}

function Options({ options }: { options: readonly Option<string>[] }) {
  return (
    <Base.Portal>
      <Base.Positioner
        className={styles.positioner}
        sideOffset={4}
        collisionPadding={8}
        alignItemWithTrigger={false}
      >
        <Base.Popup className={styles.popup}>
          <Base.List>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={styles.item}>
                {option.mark}
                <Base.ItemText>{option.label}</Base.ItemText>
                <Base.ItemIndicator className={styles.check}>
                  <Check aria-hidden="true" className={styles.icon} />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
