import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportMapping, ImportSample } from "~/api/types";
import { Button } from "~/components/Button";
import { Checkbox } from "~/components/Checkbox";
import { TextField } from "~/components/Field";
import { DOT } from "~/components/format";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useImportFields, useMappings, useSaveMapping } from "~/hooks/useImports";
import { useShape } from "~/hooks/useRecords";
import { useWords } from "~/pages/catalogue/useWords";
import styles from "./Imports.module.css";
import { fieldOf, withField, withWords, wordsText } from "./mapping";

interface MappingEditorProps {
  sample: ImportSample;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

/** Which column of a table goes where, beside the table's first lines. */
export function MappingEditor({ sample, mapping, onChange }: MappingEditorProps) {
  const { t } = useTranslation();
  const words = useWords();
  const fields = useImportFields().data;
  const kind = mapping.kind === "gap" ? "gap" : "solution";
  const places = ["", ...(fields?.[kind] ?? [])].map((value) => ({
    value,
    label: value === "" ? t("imports.mapping.ignore") : words.field(value),
  }));
  return (
    <>
      <h2>{t("imports.mapping.title")}</h2>
      <FormatRow mapping={mapping} onChange={onChange} />
      {sample.problem !== null && <Notice tone="danger">{sample.problem}</Notice>}
      <div className={styles.scroll}>
        <table className={styles.values}>
          <thead>
            <tr>
              <th scope="col">{t("imports.mapping.column")}</th>
              <th scope="col">{t("imports.mapping.sample")}</th>
              <th scope="col">{t("imports.mapping.field")}</th>
              <th scope="col">{t("imports.mapping.words")}</th>
            </tr>
          </thead>
          <tbody>
            {sample.columns.map((column, place) => {
              const rule = fieldOf(mapping, column);
              const cells = sample.rows.map((row) => row[place]).filter(Boolean);
              return (
                <tr key={column}>
                  <th scope="row" dir="auto">
                    {column}
                  </th>
                  <td dir="auto">{cells.slice(0, 3).join(DOT)}</td>
                  <td>
                    <Select
                      label={`${t("imports.mapping.field")}: ${column}`}
                      hideLabel
                      value={rule?.field ?? ""}
                      options={places}
                      onChange={(field) => onChange(withField(mapping, column, field))}
                    />
                  </td>
                  <td>
                    {rule && (
                      <textarea
                        className={styles.words}
                        rows={2}
                        aria-label={`${t("imports.mapping.words")}: ${column}`}
                        placeholder={t("imports.mapping.wordsHint")}
                        defaultValue={wordsText(rule.words)}
                        onBlur={(event) => onChange(withWords(mapping, column, event.target.value))}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Keep mapping={mapping} />
    </>
  );
}

function FormatRow({ mapping, onChange }: Omit<MappingEditorProps, "sample">) {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape("solution");
  const kinds = shape?.fields.find(({ name }) => name === "kind")?.choices ?? [];
  const set = (part: Partial<ImportMapping>) => onChange({ ...mapping, ...part });
  const option = (value: string, label: string) => ({ value, label });
  return (
    <>
      <div className={styles.row}>
        <Saved onChange={onChange} />
        <Select
          label={t("imports.mapping.kind")}
          value={mapping.kind}
          options={[
            option("solution", t("imports.mapping.solution")),
            option("gap", t("imports.mapping.gap")),
          ]}
          onChange={(kind) =>
            set({ kind, columns: [], always: kind === "gap" ? {} : { kind: "technology" } })
          }
        />
        <Select
          label={t("imports.mapping.delimiter")}
          value={mapping.delimiter ?? ""}
          options={[
            option("", t("imports.mapping.auto")),
            option(",", t("imports.mapping.comma")),
            option(";", t("imports.mapping.semicolon")),
            option("tab", t("imports.mapping.tab")),
          ]}
          onChange={(delimiter) => set({ delimiter })}
        />
        <Select
          label={t("imports.mapping.encoding")}
          value={mapping.encoding || "auto"}
          options={[
            option("auto", t("imports.mapping.auto")),
            option("utf-8", "UTF-8"),
            option("windows-1252", "Windows-1252 / Latin-1"),
          ]}
          onChange={(encoding) => set({ encoding })}
        />
        <TextField
          label={t("imports.mapping.row")}
          type="number"
          min={1}
          max={100}
          value={String(mapping.header_row ?? 1)}
          onChange={(event) =>
            set({ header_row: Math.min(100, Math.max(1, Number(event.target.value) || 1)) })
          }
        />
        {mapping.kind === "solution" && mapping.always?.kind !== undefined && (
          <Select
            label={t("imports.mapping.always")}
            value={mapping.always.kind}
            options={kinds.map((it) => option(it, words.word("solution", "kind", it)))}
            onChange={(kind) => set({ always: { ...mapping.always, kind } })}
          />
        )}
      </div>
      {mapping.kind === "solution" && (
        <Checkbox
          label={t("imports.mapping.projects")}
          checked={mapping.projects ?? false}
          onChange={(projects) => set({ projects })}
        />
      )}
    </>
  );
}

function Saved({ onChange }: { onChange: (mapping: ImportMapping) => void }) {
  const { t } = useTranslation();
  const saved = useMappings().data?.items ?? [];
  const [named, setNamed] = useState("");
  if (saved.length === 0) return null;
  const pick = (id: string) => {
    setNamed(id);
    const found = saved.find((it) => it.id === id);
    if (found) onChange(found.mapping);
  };
  return (
    <Select
      label={t("imports.mapping.saved")}
      value={named}
      options={[
        { value: "", label: t("imports.mapping.none") },
        ...saved.map((it) => ({ value: it.id, label: it.name })),
      ]}
      onChange={pick}
    />
  );
}

function Keep({ mapping }: { mapping: ImportMapping }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [name, setName] = useState("");
  const save = useSaveMapping();
  const keep = () =>
    save.mutate(
      { name, mapping },
      { onSuccess: (it) => toast({ title: t("imports.mapping.savedDone", { name: it.name }) }) },
    );
  return (
    <div className={styles.row}>
      <TextField
        label={t("imports.mapping.name")}
        optional
        value={name}
        error={save.error && explain(save.error)}
        onChange={(event) => setName(event.target.value)}
      />
      <Button busy={save.isPending} disabled={name.trim() === ""} onClick={keep}>
        {t("imports.mapping.save")}
      </Button>
    </div>
  );
}
