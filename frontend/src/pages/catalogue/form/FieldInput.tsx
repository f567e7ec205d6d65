import { useTranslation } from "react-i18next";
import type { FieldShape, FieldValue, RecordKind } from "~/api/types";
import { Checkbox } from "~/components/Checkbox";
import { TextArea, TextField } from "~/components/Field";
import { Select } from "~/components/Select";
import { RecordLookup } from "~/pages/catalogue/RecordLookup";
import { useWords } from "~/pages/catalogue/useWords";
import { GroupsField } from "~/pages/sessions/GroupsField";
import { ChoicesField } from "./ChoicesField";
import styles from "./Form.module.css";
import { TagsField } from "./TagsField";

/** The widest scale of numbers that is offered as a list to choose from. */
const FEW = 9;

interface FieldInputProps {
  kind: RecordKind;
  field: FieldShape;
  value: FieldValue;
  onChange: (value: FieldValue) => void;
  error: string | null;
  /** The names of fields that it may be chosen from, for a field that names another one. */
  options?: readonly string[];
}

/** The control for what a field takes. */
export function FieldInput(props: FieldInputProps) {
  const { kind, field, value, onChange, error } = props;
  const { t } = useTranslation();
  const words = useWords();
  const label = words.field(field.name);
  const hint = words.hint(kind, field.name, field.about);
  const text = { label, hint, error, optional: !field.required };
  const list = Array.isArray(value) ? value : [];
  if (props.options) return <ChoiceInput {...props} text={text} />;
  switch (field.takes) {
    case "text":
      return (
        <TextArea
          {...text}
          value={String(value ?? "")}
          maxLength={field.characters ?? undefined}
          rows={3}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "choice":
    case "whole":
      return <ChoiceInput {...props} text={text} />;
    case "choices":
      return (
        <ChoicesField
          {...text}
          chosen={list}
          choices={field.choices.map((it) => ({
            value: it,
            label: words.word(kind, field.name, it),
          }))}
          onChange={onChange}
        />
      );
    case "flag":
      return (
        <div className={styles.flag}>
          <Checkbox label={label} checked={value === true} onChange={onChange} />
        </div>
      );
    case "list":
    case "external_ids":
      return (
        <TextArea
          {...text}
          hint={hint || t("catalogue.form.onePerLine")}
          value={list.join("\n")}
          rows={Math.min(8, Math.max(2, list.length + 1))}
          onChange={(event) => onChange(event.target.value.split("\n"))}
        />
      );
    case "tags":
      return <TagsField {...text} tags={list} onChange={onChange} />;
    case "groups":
      return <GroupsField chosen={list} onChange={onChange} error={error} />;
    case "record":
      return (
        <RecordLookup
          {...text}
          kind={(field.record ?? "solution") as RecordKind}
          value={value === null ? null : String(value)}
          onChange={onChange}
        />
      );
    default:
      return <LineInput {...props} text={text} />;
  }
}

interface TextProps extends FieldInputProps {
  text: { label: string; hint: string; error: string | null; optional: boolean };
}

/** A line: of words, or a day, an address of the web. */
function LineInput({ field, value, onChange, text }: TextProps) {
  const type = field.takes === "day" ? "date" : field.takes === "url" ? "url" : "text";
  const isText = field.takes === "line";
  return (
    <TextField
      {...text}
      type={type}
      value={String(value ?? "")}
      maxLength={field.characters ?? undefined}
      onChange={({ target }) => onChange(target.value === "" && !isText ? null : target.value)}
    />
  );
}

/** One word of a scale, or a number; a scale of few numbers is one to choose from too. */
function ChoiceInput({ kind, field, value, onChange, options, text }: TextProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { least, most } = field;
  if (field.takes === "whole" && (least === null || most === null || most - least >= FEW)) {
    return (
      <TextField
        {...text}
        inputMode="numeric"
        value={value === null ? "" : String(value)}
        onChange={({ target }) =>
          onChange(target.value === "" ? null : Number(target.value) || target.value)
        }
      />
    );
  }
  const numbers = Array.from(
    { length: (most ?? 0) - (least ?? 1) + 1 },
    (_, i) => `${(least ?? 1) + i}`,
  );
  const choices = field.takes === "whole" ? numbers : (options ?? field.choices);
  const word = (it: string) => {
    if (options) return words.field(it);
    return field.takes === "whole" ? it : words.word(kind, field.name, it);
  };
  const none = { value: "", label: t("catalogue.form.none") };
  return (
    <div className={styles.choice}>
      <Select
        label={text.optional ? `${text.label} (${t("common.optional")})` : text.label}
        hint={text.hint}
        value={value === null ? "" : String(value)}
        options={[
          ...(field.required && value !== null ? [] : [none]),
          ...choices.map((it) => ({ value: it, label: word(it) })),
        ]}
        onChange={(it) => onChange(it === "" ? null : field.takes === "whole" ? Number(it) : it)}
      />
      {text.error !== null && (
        <div className={styles.error} role="alert">
          {text.error}
        </div>
      )}
    </div>
  );
}
