import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Lookup } from "~/components/Lookup";
import { useTags } from "~/hooks/useTags";

interface TagFilterProps {
  value: string | undefined;
  onChange: (tag: string | undefined) => void;
}

/** A tag, found among however many there are. */
export function TagFilter({ value, onChange }: TagFilterProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  // What is chosen stands in the box too: it is no question then.
  const q = words === value ? "" : (words.split(":").at(-1) ?? "");
  const tags = useTags({ limit: 20, q: q.trim() || undefined });
  return (
    <Lookup
      label={t("catalogue.filter.tag")}
      placeholder={t("catalogue.list.any")}
      value={value === undefined ? null : { value, label: value }}
      onChange={(tag) => onChange(tag?.value)}
      onWords={setWords}
      searching={tags.loading}
      items={tags.items.map((it) => ({ value: it.label, label: it.label }))}
    />
  );
}
