import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Found, Lookup } from "~/components/Lookup";
import { useTags } from "~/hooks/useTags";
import styles from "./Form.module.css";

interface TagsFieldProps {
  label: string;
  hint: string;
  error: string | null;
  optional: boolean;
  tags: readonly string[];
  onChange: (tags: string[]) => void;
}

/** Tags: those there are, found by typing, and new free ones. */
export function TagsField({ label, error, optional, tags, onChange }: TagsFieldProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const typed = words.trim();
  const known = useTags({ limit: 20, q: typed.split(":").at(-1) || undefined });
  const items: Found[] = known.items
    .filter((it) => !tags.includes(it.label))
    .map((it) => ({ value: it.label, label: it.label }));
  const isNew = typed !== "" && !typed.includes(":") && !tags.includes(typed);
  if (isNew && !items.some((it) => it.value === typed)) items.push({ value: typed, label: typed });
  return (
    <div className={styles.tags}>
      {/* A new box for each tag: what was typed for the last one is gone. */}
      <Lookup
        key={tags.length}
        label={label}
        hint={t("catalogue.form.addTagHint")}
        error={error}
        optional={optional}
        placeholder={t("catalogue.form.addTag")}
        value={null}
        onWords={setWords}
        onChange={(tag) => {
          if (tag) onChange([...tags, tag.value]);
          setWords("");
        }}
        searching={known.loading}
        items={items}
      />
      {tags.length > 0 && (
        <ul className={styles.chips} aria-label={label}>
          {tags.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                className={styles.chip}
                aria-label={t("catalogue.form.removeTag", { tag })}
                onClick={() => onChange(tags.filter((it) => it !== tag))}
              >
                {tag}
                <X aria-hidden="true" className={styles.x} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
