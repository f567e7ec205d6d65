import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fit, RecordQueries, Records } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useMergeRecord, useRecord, useRecordList, useShape } from "~/hooks/useRecords";
import { draftOf } from "~/pages/catalogue/form/draft";
import { PATHS } from "~/pages/catalogue/paths";
import { RecordLookup, titleOf } from "~/pages/catalogue/RecordLookup";
import { same } from "~/pages/catalogue/same";
import { useWords } from "~/pages/catalogue/useWords";
import styles from "./Sheet.module.css";

interface MergeDialogProps {
  kind: "gap" | "solution";
  record: Records["gap" | "solution"];
  onClose: () => void;
}

/** Merges a record into another one: first which, then what will happen, then it does. */
export function MergeDialog({ kind, record, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const navigate = useNavigate();
  const merge = useMergeRecord(kind, record.id);
  const [into, setInto] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (into === null) return;
    merge.mutate(into, {
      onSuccess: (kept) => {
        const { number } = kept;
        toast({ title: t("catalogue.merge.done", { old: record.number, number }) });
        onClose();
        void navigate({ to: PATHS[kind], params: { id: number } });
      },
    });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="danger" busy={merge.isPending}>
        {t("catalogue.merge.go")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("catalogue.merge.title", { number: record.number })}
      description={t("catalogue.merge.text", { number: record.number })}
      onSubmit={submit}
      footer={footer}
    >
      {merge.error && <Notice tone="danger">{explain(merge.error)}</Notice>}
      <RecordLookup
        label={t("catalogue.merge.into")}
        error={tried && into === null ? t("catalogue.merge.needsOther") : null}
        kind={kind}
        value={into}
        onChange={setInto}
        except={record.id}
      />
      {into !== null && <Preview kind={kind} record={record} into={into} />}
    </Dialog>
  );
}

const LIVE = ["proposed", "under_review", "accepted"];

/** What a merge will do, counted from both sides as they are now. */
function Preview({ kind, record, into }: Omit<MergeDialogProps, "onClose"> & { into: string }) {
  const { t } = useTranslation();
  const kept = useRecord(kind, into);
  const fits = (id: string): RecordQueries["fit"] => ({ [kind]: id, limit: 500 });
  const mine = useRecordList("fit", fits(record.id));
  const theirs = useRecordList("fit", fits(into));
  const sources = useRecordList("evidence", { target: `${kind}:${record.id}`, limit: 500 });
  if (!kept.data || mine.loading || theirs.loading || sources.loading) return null;
  const other = kind === "gap" ? "solution" : "gap";
  const live = (items: readonly Fit[]) => items.filter((it) => LIVE.includes(it.state));
  const joined = new Set(live(theirs.items).map((it) => it[other].id));
  const rivals = live(mine.items).filter((it) => joined.has(it[other].id)).length;
  const { number } = kept.data;
  return (
    <div>
      <h3>{t("catalogue.merge.preview")}</h3>
      <ul className={styles.preview}>
        <li>
          <strong dir="auto">{titleOf(kept.data)}</strong>
          {": "}
          {t("catalogue.merge.stays", { number })}
        </li>
        <li>{t("catalogue.merge.alias", { number: record.number })}</li>
        <li>{t("catalogue.merge.fits", { count: mine.items.length })}</li>
        {rivals > 0 && <li>{t("catalogue.merge.rivals", { count: rivals })}</li>}
        <li>{t("catalogue.merge.evidence", { count: sources.items.length })}</li>
        <li>{t("catalogue.merge.lists")}</li>
      </ul>
      <Lost kind={kind} record={record} kept={kept.data} />
    </div>
  );
}

interface LostProps extends Omit<MergeDialogProps, "onClose"> {
  kept: Records["gap" | "solution"];
}

/** What the record says that goes and the other does not: somebody may want to copy it first. */
function Lost({ kind, record, kept }: LostProps) {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape(kind);
  const fields = shape?.fields.filter((it) => ["text", "line", "url"].includes(it.takes)) ?? [];
  const [old, stays] = [draftOf(fields, record), draftOf(fields, kept)];
  const lost = fields.filter(({ name }) => !same(old[name], null) && !same(old[name], stays[name]));
  if (lost.length === 0) return null;
  return (
    <details>
      <summary>{t("catalogue.merge.lost", { number: record.number })}</summary>
      <dl className={styles.facts}>
        {lost.map(({ name }) => (
          <div key={name}>
            <dt>{words.field(name)}</dt>
            <dd className={styles.prose} dir="auto">
              {String(old[name])}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
