import { FileSearch } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { decideImport } from "~/api/imports";
import type { FieldValue, Import, ImportDecisions, ImportRow, RecordKind } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Checkbox } from "~/components/Checkbox";
import { EmptyState } from "~/components/EmptyState";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { useExplain } from "~/hooks/useExplain";
import { useImportRows, useImportStep } from "~/hooks/useImports";
import { useShape } from "~/hooks/useRecords";
import { useWords } from "~/pages/catalogue/useWords";
import { ValueView } from "~/pages/catalogue/ValueView";
import { ListFrame } from "~/pages/ListFrame";
import styles from "./Imports.module.css";

type Decide = (body: ImportDecisions) => void;

/** What an import would do, row by row; conflicts wait for a person. */
export function Differences({ it }: { it: Import }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [only, setOnly] = useState(false);
  const list = useImportRows(it.id, only);
  const decide = useImportStep(it.id, (body: ImportDecisions) => decideImport(it.id, body));
  return (
    <section>
      <h2>{t("imports.differences")}</h2>
      {it.conflicts > 0 && (
        <div className={styles.row}>
          <Select
            label={t("imports.otherwise")}
            value={it.otherwise}
            options={[
              { value: "theirs", label: t("imports.otherwiseKeep") },
              { value: "yours", label: t("imports.otherwiseTake") },
            ]}
            onChange={(otherwise) => decide.mutate({ otherwise })}
          />
          <Checkbox label={t("imports.onlyConflicts")} checked={only} onChange={setOnly} />
        </div>
      )}
      {decide.error && <Notice tone="danger">{explain(decide.error)}</Notice>}
      <ListFrame
        list={list}
        empty={<EmptyState icon={FileSearch} title={t("imports.noDifferences")} plain />}
      >
        {(rows) =>
          rows.map((row) => (
            <RowCard key={row.line} row={row} otherwise={it.otherwise} decide={decide.mutate} />
          ))
        }
      </ListFrame>
    </section>
  );
}

function RowCard({
  row,
  otherwise,
  decide,
}: {
  row: ImportRow;
  otherwise: string;
  decide: Decide;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const checked = (side: ImportRow["yours"]) =>
    side?.last_checked ? ` (${t("imports.checked", { day: side.last_checked })})` : "";
  return (
    <article className={styles.card}>
      <h3>
        <span dir="auto">{row.title}</span>{" "}
        <Badge tone={row.number === "" ? "ok" : "accent"}>
          {row.number === "" ? t("imports.isNew") : row.number}
        </Badge>{" "}
        <span className={styles.muted}>{t("imports.line", { line: row.line })}</span>
      </h3>
      <div className={styles.scroll}>
        <table className={styles.values}>
          <thead>
            <tr>
              <th scope="col">{t("imports.field")}</th>
              <th scope="col">
                {t("imports.now")}
                {checked(row.theirs)}
              </th>
              <th scope="col">
                {t("imports.inFile")}
                {checked(row.yours)}
              </th>
            </tr>
          </thead>
          <tbody>
            {row.changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">{words.field(change.field)}</th>
                <Value row={row} field={change.field} value={change.before} />
                <Value row={row} field={change.field} value={change.after} />
              </tr>
            ))}
            {row.conflicts.map((clash) => (
              <Clash
                key={clash.field}
                row={row}
                clash={clash}
                otherwise={otherwise}
                decide={decide}
              />
            ))}
          </tbody>
        </table>
      </div>
      {row.kept.length > 0 && (
        <p className={styles.muted}>
          {t("imports.kept", { fields: row.kept.map(words.field).join(", ") })}
        </p>
      )}
    </article>
  );
}

interface ClashProps {
  row: ImportRow;
  clash: ImportRow["conflicts"][number];
  otherwise: string;
  decide: Decide;
}

function Clash({ row, clash, otherwise, decide }: ClashProps) {
  const { t } = useTranslation();
  const words = useWords();
  const decided = row.decided.find((it) => it.field === clash.field);
  const takes = decided?.takes ?? otherwise;
  const choice = (side: "theirs" | "yours", value: unknown, label: string) => (
    <Value row={row} field={clash.field} value={value}>
      <label>
        <input
          type="radio"
          name={`${row.line} ${clash.field}`}
          checked={takes === side}
          onChange={() =>
            decide({ decisions: [{ line: row.line, field: clash.field, takes: side }] })
          }
        />{" "}
        {label}
      </label>
    </Value>
  );
  return (
    <tr>
      <th scope="row">{words.field(clash.field)}</th>
      {choice("theirs", clash.theirs, t("imports.keep"))}
      {choice("yours", clash.yours, t("imports.take"))}
    </tr>
  );
}

interface ValueProps {
  row: ImportRow;
  field: string;
  value: unknown;
  children?: ReactNode;
}

/** A cell with a value as people read it. */
function Value({ row, field, value, children }: ValueProps) {
  const kind = row.kind as RecordKind;
  const shape = useShape(kind);
  return (
    <td dir="auto">
      {children}
      <div>
        <ValueView kind={kind} shape={shape} field={field} value={value as FieldValue} />
      </div>
    </td>
  );
}
