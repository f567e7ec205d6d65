import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { applyImport, cancelImport, undoImport } from "~/api/imports";
import type { Import } from "~/api/types";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { Notice } from "~/components/Notice";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { useExplain } from "~/hooks/useExplain";
import { isBusy, useImport, useImportStep } from "~/hooks/useImports";
import { PageProblem } from "~/pages/PageProblem";
import { Differences } from "./Differences";
import styles from "./Imports.module.css";
import { StateOf } from "./ImportsPage";
import { Notes } from "./Notes";
import { SourceForm } from "./SourceForm";

/** One import: what it is, what it would do, what it did. */
export function ImportPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const found = useImport(id);
  if (found.isPending) return <Loading />;
  if (!found.data) return <PageProblem error={found.error} retry={() => void found.refetch()} />;
  const it = found.data;
  return (
    <>
      <PageHeading
        title={it.file_name}
        above={
          <Link to="/catalogue/imports">
            <ArrowLeft aria-hidden="true" />
            {t("imports.title")}
          </Link>
        }
        beside={<StateOf it={it} />}
      />
      {it.problem !== "" && <Notice tone="danger">{it.problem}</Notice>}
      {it.state === "stopped" && <Notice tone="warn">{t("imports.stoppedText")}</Notice>}
      {isBusy(it) && <Progress it={it} />}
      {["uploaded", "failed"].includes(it.state) && <SourceForm it={it} />}
      {it.read > 0 && <Counts it={it} />}
      <Actions it={it} />
      {it.state === "ready" && <Differences it={it} />}
      {!isBusy(it) && <Notes it={it} />}
    </>
  );
}

function Progress({ it }: { it: Import }) {
  const { t } = useTranslation();
  const open = it.total === 0 || it.state === "undoing";
  const words = open
    ? t("imports.progressOpen", { read: it.read })
    : t("imports.progress", { read: it.read, total: it.total });
  return (
    <div className={styles.card} role="status">
      <progress
        className={styles.progress}
        aria-label={words}
        {...(!open && { value: it.read, max: it.total })}
      />
      <p>{words}</p>
    </div>
  );
}

function Counts({ it }: { it: Import }) {
  const { t } = useTranslation();
  const all = [
    "read",
    "created",
    "changed",
    "same",
    "conflicts",
    "rejected",
    "remarks",
    "left",
  ] as const;
  return (
    <ul className={styles.counts}>
      {all
        .filter((name) => name === "read" || it[name] > 0)
        .map((name) => (
          <li key={name}>
            <strong>{it[name]}</strong>
            {t(`imports.counts.${name}`)}
          </li>
        ))}
    </ul>
  );
}

function Actions({ it }: { it: Import }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [asking, setAsking] = useState(false);
  const [again, setAgain] = useState(false);
  const apply = useImportStep(it.id, () => applyImport(it.id));
  const undo = useImportStep(it.id, () => undoImport(it.id));
  const cancel = useImportStep(it.id, () => cancelImport(it.id));
  const error = apply.error ?? cancel.error;
  const may = (...states: string[]) => states.includes(it.state);
  return (
    <>
      {error && <Notice tone="danger">{explain(error)}</Notice>}
      <div className={styles.row}>
        {may("ready", "stopped") && (
          <Button variant="primary" busy={apply.isPending} onClick={() => apply.mutate(undefined)}>
            {t(may("ready") ? "imports.apply" : "imports.goOn")}
          </Button>
        )}
        {may("applied", "stopped") && it.touched !== null && it.touched > 0 && (
          <Button variant="danger" onClick={() => setAsking(true)}>
            {t("imports.undo")}
          </Button>
        )}
        {may("ready") && (
          <Button onClick={() => setAgain(!again)} aria-expanded={again}>
            {t("imports.again")}
          </Button>
        )}
        {(isBusy(it) || may("uploading", "uploaded", "ready", "failed")) && (
          <Button busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            {t(isBusy(it) ? "imports.stop" : "imports.discard")}
          </Button>
        )}
      </div>
      {again && may("ready") && <SourceForm it={it} />}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("imports.undoConfirm", { name: it.file_name })}
        text={t("imports.undoText")}
        confirm={t("imports.undo")}
        danger
        onConfirm={() => undo.mutateAsync(undefined)}
        explain={explain}
      />
    </>
  );
}
