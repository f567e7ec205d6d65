import { useState } from "react";
import type { RecordKind, Records } from "~/api/types";
import type { FieldText } from "~/components/Field";
import { type Found, Lookup } from "~/components/Lookup";
import { useRecord, useRecordList } from "~/hooks/useRecords";

/** What records of these kinds are called. */
export function titleOf(record: Records["gap" | "solution"]): string {
  return "name" in record ? record.name : record.title;
}

interface RecordLookupProps extends FieldText {
  kind: RecordKind;
  /** The id of the record that is chosen. */
  value: string | null;
  onChange: (id: string | null) => void;
  /** A record that is not offered. */
  except?: string;
}

/** Finds a gap or a solution by its words or its number. */
export function RecordLookup({ kind, value, onChange, except, ...text }: RecordLookupProps) {
  const of = kind === "gap" ? "gap" : "solution";
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<Found | null>(null);
  const known = useRecord(of, value ?? "", value !== null && chosen?.value !== value);
  const isNumber = /^\s*[a-z]{3}-\d+\s*$/i.test(words);
  const numbered = useRecord(of, words.trim().toUpperCase(), isNumber);
  const q = words === chosen?.label ? undefined : words.trim() || undefined;
  const list = useRecordList(of, { q, limit: 12 }, !isNumber);
  const found = (it: Records["gap" | "solution"]): Found => ({
    value: it.id,
    label: titleOf(it),
    note: it.number,
  });
  const rows = isNumber ? (numbered.data ? [numbered.data] : []) : list.items;
  const current =
    value === null
      ? null
      : chosen?.value === value
        ? chosen
        : known.data
          ? found(known.data)
          : null;
  return (
    <Lookup
      {...text}
      value={current}
      onChange={(next) => {
        setChosen(next);
        onChange(next?.value ?? null);
      }}
      onWords={setWords}
      searching={isNumber ? numbered.isLoading : list.loading}
      items={rows.filter((it) => it.id !== except).map(found)}
    />
  );
}
