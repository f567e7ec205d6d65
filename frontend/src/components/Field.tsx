import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import styles from "./Field.module.css";

/** What every field may carry around its control. */
export interface FieldText {
  label: string;
  hint?: ReactNode;
  /** Why the value was refused, in words. */
  error?: string | null | undefined;
  /** Marks the label of a field that may stay empty. */
  optional?: boolean;
  /** For a field whose place says what it is: the label is only spoken. */
  hideLabel?: boolean;
}

interface FieldProps extends FieldText {
  /** Gets the attributes that tie the control to label, hint and error. */
  children: (control: {
    id: string;
    "aria-describedby"?: string;
    "aria-invalid"?: true;
  }) => ReactNode;
}

/** A label, a control, a hint and an error, tied together for those who hear the page. */
export function Field({ label, hint, error, optional, hideLabel, children }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error && `${id}-error`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles.label}>
        {label}
        {optional && <span className={styles.optional}> ({t("common.optional")})</span>}
      </label>
      {children({
        id,
        ...(described !== "" && { "aria-describedby": described }),
        ...(error && { "aria-invalid": true as const }),
      })}
      {hint !== undefined && (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      )}
      {error && (
        <div id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

type TextFieldProps = FieldText & Omit<ComponentProps<"input">, "id" | "children">;

/** A line of text. */
export function TextField({
  label,
  hint,
  error,
  optional,
  hideLabel,
  className,
  ...input
}: TextFieldProps) {
  const text = {
    label,
    hint,
    error,
    ...(optional && { optional }),
    ...(hideLabel && { hideLabel }),
  };
  return (
    <Field {...text}>
      {(control) => (
        <input dir="auto" {...input} {...control} className={classes(styles.input, className)} />
      )}
    </Field>
  );
}

type TextAreaProps = FieldText & Omit<ComponentProps<"textarea">, "id" | "children">;

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  hideLabel,
  className,
  ...area
}: TextAreaProps) {
  const text = {
    label,
    hint,
    error,
    ...(optional && { optional }),
    ...(hideLabel && { hideLabel }),
  };
  return (
    <Field {...text}>
      {(control) => (
        <textarea
          dir="auto"
          rows={3}
          {...area}
          {...control}
          className={classes(styles.input, styles.area, className)}
        />
      )}
    </Field>
  );
}
