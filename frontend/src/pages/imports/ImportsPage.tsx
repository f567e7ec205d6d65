import { Link } from "@tanstack/react-router";
import { FileDown, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadImport } from "~/api/imports";
import type { Import } from "~/api/types";
import { Badge, type BadgeTone } from "~/components/Badge";
import { Button } from "~/components/Button";
import { classes } from "~/components/classes";
import { EmptyState } from "~/components/EmptyState";
import { FileDrop } from "~/components/FileDrop";
import drops from "~/components/FileDrop.module.css";
import { formatDateTime } from "~/components/format";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { type Column, Table } from "~/components/Table";
import { useExplain } from "~/hooks/useExplain";
import { useImports } from "~/hooks/useImports";
import { ListFrame } from "~/pages/ListFrame";
import styles from "./Imports.module.css";

const TONES: Record<string, BadgeTone> = {
  applied: "ok",
  ready: "accent",
  failed: "danger",
  stopped: "warn",
};

/** Where an import stands, as a badge. */
export function StateOf({ it }: { it: Import }) {
  const { t } = useTranslation();
  const live = ["reading", "applying", "undoing"].includes(it.state);
  return (
    <Badge tone={TONES[it.state] ?? "neutral"} live={live}>
      {t(`imports.states.${it.state as "ready"}`)}
    </Badge>
  );
}

/** All imports, and the way in for a new file. */
export function ImportsPage({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const list = useImports();
  const columns: Column<Import>[] = [
    {
      key: "file",
      heading: t("imports.file"),
      cell: (it) => (
        <Link to="/catalogue/imports" search={{ import: it.id }} dir="auto">
          {it.file_name}
        </Link>
      ),
    },
    { key: "state", heading: t("imports.state"), cell: (it) => <StateOf it={it} /> },
    { key: "rows", heading: t("imports.rows"), align: "end", cell: (it) => it.total || it.read },
    { key: "when", heading: t("imports.when"), cell: (it) => formatDateTime(it.created_at) },
  ];
  return (
    <>
      <PageHeading title={t("imports.title")} text={t("imports.text")} />
      <Drop onOpen={onOpen} />
      <ListFrame
        list={list}
        empty={
          <EmptyState icon={FileDown} title={t("imports.empty")} text={t("imports.emptyText")} />
        }
      >
        {(imports) => (
          <Table
            caption={t("imports.title")}
            columns={columns}
            rows={imports}
            rowKey={(it) => it.id}
          />
        )}
      </ListFrame>
    </>
  );
}

function Drop({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const stop = useRef<AbortController | null>(null);
  const [sending, setSending] = useState<{ name: string; part: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const send = async (file: File) => {
    const controller = new AbortController();
    stop.current = controller;
    setProblem(null);
    setSending({ name: file.name, part: 0 });
    const progress = (part: number) => setSending({ name: file.name, part });
    try {
      onOpen((await uploadImport(file, progress, controller.signal)).id);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(explain(error));
    } finally {
      setSending(null);
    }
  };
  if (sending) {
    const words = t("imports.uploading", { name: sending.name });
    return (
      <div className={classes(drops.drop, styles.space)}>
        <p dir="auto">{words}</p>
        <progress className={styles.progress} value={sending.part} aria-label={words} />
        <Button onClick={() => stop.current?.abort()}>{t("imports.stop")}</Button>
      </div>
    );
  }
  return (
    <>
      <div className={styles.space}>
        <FileDrop
          icon={Upload}
          label={t("imports.choose")}
          hint={t("imports.drop")}
          note={t("imports.dropHint")}
          primary
          onFile={(file) => void send(file)}
        />
      </div>
      {problem !== null && <Notice tone="danger">{problem}</Notice>}
    </>
  );
}
