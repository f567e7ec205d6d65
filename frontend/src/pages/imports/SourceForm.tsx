import { useState } from "react";
import { useTranslation } from "react-i18next";
import { previewImport } from "~/api/imports";
import type { Import, ImportMapping, ImportPreview } from "~/api/types";
import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { Loading } from "~/components/Spinner";
import { useExplain } from "~/hooks/useExplain";
import { useImportSample, useImportStep } from "~/hooks/useImports";
import styles from "./Imports.module.css";
import { MappingEditor } from "./MappingEditor";
import { emptyMapping } from "./mapping";

const SOURCES = ["gaps", "solutions", "cordis", "openaire", "mapped"] as const;
type Source = (typeof SOURCES)[number];

const isSource = (text: string | null | undefined): text is Source =>
  SOURCES.some((it) => it === text);

/** Asks what a file is, with the file's own guess chosen; for any table, which column goes where. */
export function SourceForm({ it }: { it: Import }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [chosen, setChosen] = useState<Source | null>(isSource(it.source) ? it.source : null);
  const [tried, setTried] = useState(false);
  const [mapping, setMapping] = useState<ImportMapping>(emptyMapping);
  const sample = useImportSample(
    it.id,
    mapping.delimiter ?? "",
    mapping.encoding ?? "",
    mapping.header_row ?? 1,
  );
  const preview = useImportStep(it.id, (body: ImportPreview) => previewImport(it.id, body));
  if (sample.isPending) return <Loading />;
  const guess = sample.data?.guess;
  const source = chosen ?? (isSource(guess) ? guess : "mapped");
  const isMapped = source === "mapped";
  const goesNowhere = isMapped && mapping.columns.length === 0;
  const begin = () => {
    setTried(true);
    if (!goesNowhere) preview.mutate({ source, ...(isMapped && { columns: mapping }) });
  };
  return (
    <section className={styles.card}>
      <div className={styles.row}>
        <Select
          label={t("imports.source")}
          value={source}
          options={SOURCES.map((value) => ({ value, label: t(`imports.sources.${value}`) }))}
          onChange={setChosen}
        />
      </div>
      {isMapped && sample.data && (
        <MappingEditor sample={sample.data} mapping={mapping} onChange={setMapping} />
      )}
      {tried && goesNowhere && <Notice tone="danger">{t("imports.mapping.nowhere")}</Notice>}
      {preview.error && <Notice tone="danger">{explain(preview.error)}</Notice>}
      <Button variant="primary" busy={preview.isPending} onClick={begin}>
        {t("imports.preview")}
      </Button>
    </section>
  );
}
